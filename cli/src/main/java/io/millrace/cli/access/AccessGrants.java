package io.millrace.cli.access;

import io.millrace.api.access.GrantView;
import io.millrace.api.access.GranteeKind;
import io.millrace.api.access.GranteeView;
import io.millrace.api.access.ObjectPath;
import io.millrace.api.client.MillraceClient;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.Csv;
import io.millrace.cli.console.OutputFormat;
import io.millrace.cli.console.PrettyJson;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import io.millrace.cli.console.TextTable;
import io.millrace.cli.console.TextTable.Column;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

@Command(
        name = "grants",
        header = "List what was granted and denied; without options, to oneself.",
        footer = {"", "Example: millrace access grants --on kafka.main.orders"})
final class AccessGrants extends ServerCommand {
    private static final List<String> COLUMNS =
            List.of("grantee", "name", "effect", "privilege", "kind", "object", "by", "at");

    @Option(
            names = "--on",
            paramLabel = "[KIND:]NAME",
            converter = ObjectName.class,
            description = "Only on this, such as kafka.main.orders, database:kafka.main or server.")
    private @Nullable ObjectPath object;

    @ArgGroup
    private @Nullable GranteeOption grantee;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            converter = OutputFormat.Any.class,
            description = "table (default), json or csv.")
    private OutputFormat output = OutputFormat.TABLE;

    AccessGrants(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        List<GrantView> grants = client.grants().list(grantee(client), object);
        switch (output) {
            case JSON -> out().println(PrettyJson.of(grants));
            case CSV -> {
                line(COLUMNS);
                grants.forEach(grant -> line(row(grant)));
            }
            case TABLE -> {
                List<Column> columns = COLUMNS.stream().map(Column::left).toList();
                List<List<String>> rows = grants.stream().map(AccessGrants::row).toList();
                TextTable.lines(columns, rows, surroundings().screen().tableLimit())
                        .forEach(out()::println);
            }
        }
        return ExitCode.OK;
    }

    private @Nullable GranteeView grantee(MillraceClient client) {
        if (grantee != null) {
            return grantee.view();
        }
        return object == null
                ? new GranteeView(
                        GranteeKind.USER, client.access().session().user().name())
                : null;
    }

    private void line(List<String> fields) {
        out().print(fields.stream().map(Csv::field).collect(Collectors.joining(",", "", "\n")));
    }

    private static List<String> row(GrantView grant) {
        return List.of(
                grant.to().kind().name().toLowerCase(Locale.ROOT),
                grant.to().name(),
                grant.effect().name(),
                grant.privilege(),
                grant.objectKind().name().toLowerCase(Locale.ROOT),
                grant.object(),
                grant.by(),
                grant.at().toString());
    }
}
