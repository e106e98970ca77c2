package io.millrace.flink.gateway.analysis;

import io.millrace.api.catalog.TableKey;
import io.millrace.flink.catalog.StatementTables;
import io.millrace.flink.gateway.script.Piece;
import io.millrace.flink.gateway.session.SessionContexts;
import org.apache.flink.table.catalog.CatalogManager;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Lets the tables that statements mention be fetched together, before the planner asks for one after the other. */
public final class Mentions {
    private static final int FULL = 3;

    private Mentions() {}

    /** Runs {@code work}, which plans {@code statements} and runs at most one of them. */
    public static <T> T during(CatalogManager catalogs, List<Piece> statements, Supplier<T> work) {
        return during(() -> {
            statements.forEach(piece -> of(catalogs, piece.text()));
            return work.get();
        });
    }

    /** Runs {@code work}, which says itself what its statements mention. */
    static <T> T during(Supplier<T> work) {
        return StatementTables.during(Mentions::ofView, work);
    }

    /** Adds what a statement mentions, now that catalog and database are what they are when it is planned. */
    public static void of(CatalogManager catalogs, String sql) {
        of(String.valueOf(catalogs.getCurrentCatalog()), String.valueOf(catalogs.getCurrentDatabase()), sql);
    }

    /** The same with this catalog and database as the current ones. */
    public static void of(String catalog, String database, String sql) {
        StatementTables.mention(Mentioned.in(sql).stream()
                .flatMap(table -> Stream.of(
                        key(table.path(), catalog, database),
                        new TableKey(catalog, database, table.path().get(0)))) // where Calcite looks first
                .filter(key -> !key.catalog().equals(SessionContexts.IN_MEMORY_CATALOG))
                .toList());
    }

    private static TableKey key(List<String> path, String catalog, String database) {
        int given = path.size();
        return new TableKey(
                given == FULL ? path.get(0) : catalog,
                given == 1 ? database : path.get(given - 2),
                path.get(given - 1));
    }

    private static List<TableKey> ofView(String query) {
        return Mentioned.in(query).stream()
                .map(Mentioned.Table::path)
                .filter(path -> path.size() == FULL)
                .map(path -> key(path, "", ""))
                .toList();
    }
}
