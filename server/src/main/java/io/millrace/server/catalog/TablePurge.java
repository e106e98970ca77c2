package io.millrace.server.catalog;

import static java.util.Objects.requireNonNull;

import io.millrace.core.access.Privilege;
import io.millrace.core.catalog.CatalogObjects;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.DroppedTable;
import io.millrace.core.catalog.Metastore.Outcome;
import io.millrace.core.catalog.TableHistory;
import io.millrace.core.catalog.TableId;
import io.millrace.server.access.Guard;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Use case: a dropped table is removed for good, with the files that are its own. */
final class TablePurge {
    private static final Logger LOG = LoggerFactory.getLogger(TablePurge.class);

    private final CatalogService catalogs;
    private final TableHistory history;
    private final Guard guard;

    TablePurge(CatalogService catalogs, TableHistory history, Guard guard) {
        this.catalogs = requireNonNull(catalogs, "catalogs");
        this.history = requireNonNull(history, "history");
        this.guard = requireNonNull(guard, "guard");
    }

    /** A table and the files that went with it, or would. */
    record Purged(DroppedTable table, List<OwnFolder.Content> files) {}

    Purged wouldPurge(DatabasePath database, TableId id) {
        DroppedTable table = dropped(database, id);
        return new Purged(table, folder(table).map(OwnFolder::list).orElse(List.of()));
    }

    /** TABLE_NOT_FOUND if it is no dropped table (any more). If its files cannot be deleted, it stays. */
    Purged purge(DatabasePath database, TableId id) {
        DroppedTable table = dropped(database, id);
        Optional<OwnFolder> folder = folder(table);
        List<OwnFolder.Content> files = new ArrayList<>();
        Outcome outcome = history.purge(
                id,
                () -> folder.ifPresent(own -> {
                    files.addAll(own.list());
                    own.delete();
                }));
        if (outcome != Outcome.DONE) {
            throw CatalogFailures.notDropped(database, id);
        }
        LOG.info("table {} ({}) was removed for good with {} files", table.path(), id, files.size());
        return new Purged(table, files);
    }

    private DroppedTable dropped(DatabasePath database, TableId id) {
        DroppedTable table = history.dropped(id)
                .filter(each -> each.path().parent().equals(database))
                .filter(each -> guard.finds(CatalogObjects.table(id, each.path())))
                .orElseThrow(() -> CatalogFailures.notDropped(database, id));
        guard.require(Privilege.DROP, CatalogObjects.table(id, table.path()));
        return table;
    }

    private Optional<OwnFolder> folder(DroppedTable table) {
        return catalogs.catalog(table.path().parent().catalog()).folder(table);
    }
}
