package io.millrace.cli.connection;

import io.millrace.api.client.ConnectionsClient;
import io.millrace.api.client.MillraceClient;
import io.millrace.api.connection.ConnectionView;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.DisplayText;
import io.millrace.cli.console.OutputOption;
import io.millrace.cli.console.PrettyJson;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "update",
        header = "Change a connection by what a file says.",
        description = {
            "",
            "What the file leaves out stays, and null removes it. Secrets go when the connection leads elsewhere: then"
                    + " give them again.",
            ""
        },
        footer = {"", "Example: millrace catalog connections update region1 -f region1.yaml"})
final class ConnectionsUpdate extends ServerCommand {
    @Parameters(paramLabel = "NAME", description = "The connection.")
    private String name = "";

    @Option(names = "--replace", description = "The file is the whole content: what it leaves out goes.")
    private boolean replace;

    @Option(
            names = "--force",
            description = "Change it although tables would no longer be allowed; they cannot be used then.")
    private boolean force;

    @Mixin
    private final ContentOptions content = new ContentOptions();

    @Mixin
    private final OutputOption output = new OutputOption();

    ConnectionsUpdate(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        ConnectionFile file = content.read(surroundings(), err());
        boolean dryRun = content.dryRun();
        var how = new ConnectionsClient.Update(dryRun, force, notice -> err().println(DisplayText.visible(notice)));
        ConnectionView changed = replace
                ? client.connections().update(name, file.spec(name), how)
                : client.connections().update(name, file.patch(name), how);
        if (output.json()) {
            out().println(PrettyJson.of(changed));
        } else {
            out().println(name + ": " + (dryRun ? "is right; nothing was changed" : "version " + changed.version()));
        }
        return ExitCode.OK;
    }
}
