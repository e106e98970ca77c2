package io.millrace.cli.job;

import io.millrace.api.client.MillraceClient;
import io.millrace.api.job.OrphanView;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.OutputOption;
import io.millrace.cli.console.PrettyJson;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import io.millrace.cli.console.TextTable;
import io.millrace.cli.console.TextTable.Column;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.List;

@Command(
        name = "orphans",
        header = "List snapshots that belong to no job that is there, or delete one of them.",
        description = {
            "",
            "What deleted jobs left has an id. What the ledger does not know has none; only administrators see it, and delete it"
                    + " by hand.",
            ""
        },
        footer = {"", "Example: millrace snapshot orphans --dispose 0b9ce7ee-9a1c-4b8e-8f4e-3a1f6a5d2c10"})
final class SnapshotOrphans extends ServerCommand {
    private static final List<Column> COLUMNS = List.of(
            Column.left("id"),
            Column.left("job"),
            Column.left("origin"),
            Column.right("size"),
            Column.right("age"),
            Column.left("path"));

    @Option(names = "--dispose", paramLabel = "ID", description = "Delete this one with its files instead.")
    private @Nullable String disposed;

    @Mixin
    private final OutputOption output = new OutputOption();

    SnapshotOrphans(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        if (disposed != null) {
            client.jobs().disposeOrphan(disposed);
            out().println(disposed + ": is being deleted; it is gone when it is no longer listed");
            return ExitCode.OK;
        }
        List<OrphanView> all = client.jobs().orphans();
        if (output.json()) {
            out().println(PrettyJson.of(all));
        } else if (all.isEmpty()) {
            err().println("There are no orphaned snapshots that you may see.");
        } else {
            List<List<String>> rows = all.stream().map(this::row).toList();
            TextTable.lines(COLUMNS, rows, surroundings().screen().tableLimit()).forEach(out()::println);
        }
        return ExitCode.OK;
    }

    private List<String> row(OrphanView orphan) {
        String workspace = orphan.workspace() == null ? "" : orphan.workspace() + ".";
        return List.of(
                orphan.id() == null ? "" : orphan.id(),
                orphan.job() == null ? "" : workspace + orphan.job(),
                orphan.origin() == null ? "" : orphan.origin().name(),
                SnapshotTexts.size(orphan.bytes()),
                orphan.createdAt() == null
                        ? ""
                        : JobTexts.age(orphan.createdAt(), surroundings().clock()),
                orphan.path());
    }
}
