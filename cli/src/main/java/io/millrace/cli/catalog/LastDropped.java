package io.millrace.cli.catalog;

import io.millrace.api.catalog.DroppedTableView;
import io.millrace.api.client.MillraceClient;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.CommandFailure;

/** Finds a dropped table by its name; if several had it, the one that was dropped last. */
final class LastDropped {
    private LastDropped() {}

    static DroppedTableView of(MillraceClient client, QualifiedName name) {
        return client.catalogs().dropped(name.catalog(), name.database()).stream()
                .filter(each -> each.name().equals(name.table()))
                .findFirst()
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.FAILED,
                        "No table '" + name.dotted() + "' was dropped. `millrace catalog list" + " --dropped "
                                + name.catalog() + "." + name.database() + "` shows which were."));
    }
}
