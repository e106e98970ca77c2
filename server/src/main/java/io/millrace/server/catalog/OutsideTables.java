package io.millrace.server.catalog;

import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.TableName;
import io.millrace.core.catalog.TablePath;
import io.millrace.core.connection.ConnectionKind;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.millrace.server.catalog.RemoteKinds.RemoteKind;
import io.millrace.server.connection.OpenConnection;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The tables of a store that would lie outside the folder of their connection. Only the store knows where they are. */
final class OutsideTables {
    /** The field that says below which folder the files of tables lie. */
    private static final Map<ConnectionKind, String> FOLDERS =
            Map.of(ConnectionKind.HIVE, "root", ConnectionKind.ICEBERG, "files");

    private OutsideTables() {}

    /**
     * Those of {@code known} that {@code current} allows and {@code next} would not, if nothing but the folder changes:
     * otherwise they lead elsewhere. STORE_UNAVAILABLE if the store does not answer.
     */
    static List<TablePath> between(
            OpenConnection current, OpenConnection next, Map<DatabasePath, Set<TableName>> known) {
        ConnectionKind kind = current.connection().kind();
        String folder = FOLDERS.get(kind);
        if (folder == null || !next.fields().differences(current.fields()).equals(Set.of(folder))) {
            return List.of();
        }
        RemoteKind opener = RemoteKinds.of(kind).orElseThrow();
        CatalogName name = new CatalogName(current.connection().name().value());
        List<TablePath> outside = new ArrayList<>();
        try (RemoteStore now = opener.opener().open(name, current);
                RemoteStore then = opener.opener().open(name, next)) {
            known.forEach((database, tables) -> usable(now, database, refused(then, database, tables))
                    .forEach(table -> outside.add(database.table(table))));
        }
        return outside;
    }

    private static Set<TableName> refused(RemoteStore store, DatabasePath database, Set<TableName> tables) {
        Set<TableName> refused = new TreeSet<>();
        scan(store, database, tables, each -> {
            if (each.flaw().isPresent()) {
                refused.add(each.head().name());
            }
        });
        return refused;
    }

    private static Set<TableName> usable(RemoteStore store, DatabasePath database, Set<TableName> tables) {
        Set<TableName> usable = new TreeSet<>();
        scan(store, database, tables, each -> {
            if (each.table().isPresent()) {
                usable.add(each.head().name());
            }
        });
        return usable;
    }

    private static void scan(
            RemoteStore store, DatabasePath database, Set<TableName> tables, Consumer<RemoteStore.Scanned> each) {
        try {
            store.scan(database, tables, each);
        } catch (MillraceException e) {
            // Somebody dropped it there.
            if (e.code() != ErrorCode.DATABASE_NOT_FOUND) {
                throw e;
            }
        }
    }
}
