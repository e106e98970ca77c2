package io.millrace.cli.connection;

import io.millrace.api.client.MillraceClient;
import io.millrace.api.connection.ConnectionView;
import io.millrace.api.connection.NewConnection;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.OutputOption;
import io.millrace.cli.console.PrettyJson;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "create",
        header = "Make a connection from a file.",
        description = {"", "Secrets stand in no argument and not in the file, which may refer to them.", ""},
        footer = {"", "Example: millrace catalog connections create -f region1.yaml --ask password"})
final class ConnectionsCreate extends ServerCommand {
    @Mixin
    private final ContentOptions content = new ContentOptions();

    @Mixin
    private final OutputOption output = new OutputOption();

    ConnectionsCreate(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        NewConnection wanted = content.read(surroundings(), err()).connection();
        ConnectionView made = client.connections().create(wanted, content.dryRun());
        if (output.json()) {
            out().println(PrettyJson.of(made));
        } else {
            String sql = content.dryRun() ? "is right; nothing was kept" : "made; in SQL it is " + made.sqlName();
            out().println(made.name() + ": " + sql);
        }
        return ExitCode.OK;
    }
}
