package io.millrace.flink.gateway.analysis;

import io.millrace.flink.gateway.session.SqlSession;
import org.apache.flink.table.catalog.CatalogManager;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.catalog.UnresolvedIdentifier;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The names that a statement of a session could use. What cannot be asked just now has no names: guesses and
 * completions are no reason to fail.
 */
final class Names {
    private final SqlSession session;

    Names(SqlSession session) {
        this.session = session;
    }

    List<String> catalogs() {
        return sorted(() -> session.catalogs().listCatalogs());
    }

    List<String> databases(String catalog) {
        return sorted(() -> session.catalogs().listSchemas(catalog));
    }

    List<String> tables(String catalog, String database) {
        return sorted(() -> session.catalogs().listTables(catalog, database));
    }

    List<String> functions() {
        return sorted(session::functions);
    }

    String currentCatalog() {
        return locked(() -> session.catalogs().getCurrentCatalog(), "");
    }

    String currentDatabase() {
        return locked(() -> session.catalogs().getCurrentDatabase(), "");
    }

    /** The columns of the table that this path, of one to three parts, means here. */
    List<Column> columns(List<String> path) {
        return locked(
                () -> {
                    CatalogManager catalogs = session.catalogs();
                    ObjectIdentifier id = catalogs.qualifyIdentifier(UnresolvedIdentifier.of(path));
                    return catalogs.getTable(id)
                            .map(table -> table.getResolvedSchema().getColumns())
                            .orElse(List.of());
                },
                List.of());
    }

    Optional<String> nearestTable(List<String> path) {
        String name = path.get(path.size() - 1);
        String catalog = path.size() > 2 ? path.get(path.size() - 3) : currentCatalog();
        String database = path.size() > 1 ? path.get(path.size() - 2) : currentDatabase();
        return Nearest.to(name, tables(catalog, database));
    }

    private List<String> sorted(Supplier<? extends Collection<String>> names) {
        return locked(() -> List.copyOf(new TreeSet<>(names.get())), List.of());
    }

    private <T> T locked(Supplier<T> question, T otherwise) {
        if (!session.tryLock()) {
            return otherwise;
        }
        try {
            return question.get();
        } catch (RuntimeException e) {
            return otherwise;
        } finally {
            session.lock().unlock();
        }
    }
}
