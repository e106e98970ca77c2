package io.millrace.cli.catalog;

import io.millrace.api.catalog.FunctionVersionView;
import io.millrace.api.client.MillraceClient;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.util.List;

@Command(
        name = "history",
        header = "Show what happened to a function, newest first.",
        footer = {"", "Example: millrace catalog functions history kafka.main.host"})
final class FunctionsHistory extends HistoryCommand<FunctionVersionView> {
    @Parameters(
            paramLabel = "FUNCTION",
            converter = QualifiedName.FunctionReader.class,
            description = "CATALOG.DATABASE.FUNCTION.")
    private QualifiedName name = new QualifiedName(List.of());

    FunctionsHistory(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected List<FunctionVersionView> versions(MillraceClient client, int most) {
        return client.functions()
                .versions(name.catalog(), name.database(), name.function(), most)
                .items();
    }

    @Override
    protected Entry entry(FunctionVersionView each) {
        return new Entry(each.version(), each.at(), each.cause(), each.author(), each.summary());
    }
}
