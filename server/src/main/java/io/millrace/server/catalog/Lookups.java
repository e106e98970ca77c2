package io.millrace.server.catalog;

import static java.util.Objects.requireNonNull;

import io.millrace.core.access.Privilege;
import io.millrace.core.access.Securable;
import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.CatalogObjects;
import io.millrace.core.catalog.Metastore;
import io.millrace.core.catalog.Table;
import io.millrace.core.catalog.TableId;
import io.millrace.core.catalog.TablePath;
import io.millrace.core.catalog.TableRef;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.millrace.server.access.Guard;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Answers about all tables of a statement at once. Each answer is the one that a question for the table alone would have
 * got, and a failure is that of one table; only a store that does not answer is asked no second time.
 */
final class Lookups {
    private final CatalogService service;
    private final Metastore metastore;
    private final Guard guard;

    Lookups(CatalogService service, Metastore metastore, Guard guard) {
        this.service = requireNonNull(service, "service");
        this.metastore = requireNonNull(metastore, "metastore");
        this.guard = requireNonNull(guard, "guard");
    }

    List<Answer<TablePath, Table>> find(Collection<TablePath> paths) {
        Map<CatalogName, Catalog> catalogs = catalogs();
        Map<CatalogName, List<TablePath>> wanted = paths.stream()
                .distinct()
                .collect(Collectors.groupingBy(
                        path -> path.parent().catalog(), LinkedHashMap::new, Collectors.toList()));
        List<Answer<TablePath, Table>> answers = new ArrayList<>();
        wanted.forEach((name, some) -> {
            Catalog catalog = catalogs.get(name);
            Function<TablePath, Optional<Table>> finder = catalog == null
                    ? path -> Optional.of(service.table(path)) // says that there is no such catalog
                    : catalog.finder(some);
            List<Answer<TablePath, Table>> found = new ArrayList<>();
            each(some, path -> finder.apply(path).orElseThrow(() -> CatalogFailures.noTable(path)), found);
            found.forEach(answer -> answers.add(catalog == null ? answer : orLastKnown(catalog, answer)));
        });
        return answers;
    }

    private static Answer<TablePath, Table> orLastKnown(Catalog catalog, Answer<TablePath, Table> answer) {
        return answer.failure()
                .filter(failure -> failure.code() == ErrorCode.STORE_UNAVAILABLE)
                .flatMap(failure -> catalog.lastKnown(answer.key()))
                .map(last -> new Answer<>(answer.key(), Optional.of(last.table()), Optional.empty()))
                .orElse(answer);
    }

    /** What of reading and writing a table the caller may do. */
    List<String> allowed(Table table) {
        Securable object = CatalogObjects.of(table);
        return Stream.of(Privilege.READ, Privilege.WRITE)
                .filter(privilege -> guard.may(privilege, object))
                .map(Privilege::name)
                .toList();
    }

    /** What tables are behind references: for Flink's own processes, and for who may read or write them. */
    List<Answer<TableRef, Resolved>> resolve(Collection<TableRef> refs) {
        Map<CatalogName, Catalog> catalogs = catalogs();
        Map<TableId, Table> known = new HashMap<>();
        metastore
                .tablesById(refs.stream().map(TableRef::id).collect(Collectors.toSet()))
                .forEach(table -> known.put(table.id(), table));
        Map<Optional<Catalog>, List<TableRef>> wanted = new LinkedHashMap<>();
        for (TableRef ref : refs) {
            Optional<Catalog> catalog = Optional.ofNullable(known.get(ref.id()))
                    .filter(table -> table.ref().equals(ref))
                    .map(table -> catalogs.get(table.path().parent().catalog()));
            wanted.computeIfAbsent(catalog, unused -> new ArrayList<>()).add(ref);
        }
        List<Answer<TableRef, Resolved>> answers = new ArrayList<>();
        wanted.forEach((catalog, some) -> {
            List<Table> tables = some.stream()
                    .map(ref -> known.get(ref.id()))
                    .filter(Objects::nonNull)
                    .toList();
            Function<Table, Optional<Map<String, String>>> resolver = catalog.isEmpty()
                    ? table -> Optional.empty()
                    : catalog.get().resolver(tables);
            each(
                    some,
                    ref -> Optional.ofNullable(known.get(ref.id()))
                            .flatMap(table -> resolver.apply(table).map(options -> resolved(table, options)))
                            .orElseThrow(() -> CatalogFailures.noRef(ref)),
                    answers);
        });
        return answers;
    }

    private Resolved resolved(Table table, Map<String, String> options) {
        Securable object = CatalogObjects.of(table);
        if (!guard.finds(object)) {
            throw CatalogFailures.noRef(table.ref());
        }
        Map<Privilege, String> denied = new EnumMap<>(Privilege.class);
        if (!guard.may(Privilege.READ, object)) {
            denied.put(Privilege.READ, guard.sentence(Privilege.READ, object));
        }
        if (!guard.may(Privilege.WRITE, object)) {
            // Most who read a table do not write it, and who tries is refused with more words before.
            denied.put(Privilege.WRITE, guard.missing(Privilege.WRITE, object));
        }
        return denied.size() < 2 ? new Resolved(options, denied) : new Resolved(Map.of(), denied);
    }

    private Map<CatalogName, Catalog> catalogs() {
        return service.catalogs().stream().collect(Collectors.toMap(Catalog::name, catalog -> catalog));
    }

    private static <K, V> void each(List<K> keys, Function<K, V> question, List<Answer<K, V>> answers) {
        Optional<MillraceException> down = Optional.empty();
        for (K key : keys) {
            if (down.isPresent()) {
                answers.add(new Answer<>(key, Optional.empty(), down));
                continue;
            }
            try {
                answers.add(new Answer<>(key, Optional.of(question.apply(key)), Optional.empty()));
            } catch (MillraceException e) {
                answers.add(new Answer<>(key, Optional.empty(), Optional.of(e)));
                down = Optional.of(e).filter(failure -> failure.code() == ErrorCode.STORE_UNAVAILABLE);
            }
        }
    }

    /**
     * What is behind a reference.
     *
     * @param options the real connector's, secrets included; none if the caller may neither read nor write the table
     * @param denied what of reading and writing the caller may not do, and why
     */
    record Resolved(Map<String, String> options, Map<Privilege, String> denied) {}

    /** What was asked for, and it or why it cannot be had. */
    record Answer<K, V>(K key, Optional<V> value, Optional<MillraceException> failure) {}
}
