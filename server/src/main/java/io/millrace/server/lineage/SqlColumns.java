package io.millrace.server.lineage;

import com.fasterxml.jackson.core.type.TypeReference;
import io.millrace.api.Json;
import io.millrace.core.lineage.Flow;
import io.millrace.core.lineage.Flows;
import io.millrace.core.lineage.LineageTable;
import org.jdbi.v3.core.Handle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Columns of the metastore's tables, by their ids. What has no id goes by its name. */
final class SqlColumns {
    /** Columns of tables that were last written before columns had ids are numbered by their places. */
    private static final String COLUMNS = """
            SELECT t.id AS table_id, c.value ->> 'name' AS name,
                coalesce((c.value ->> 'id')::integer, c.ordinality::integer) AS column_id
            FROM catalog_table t
            CROSS JOIN LATERAL jsonb_array_elements(t.definition -> 'columns') WITH ORDINALITY AS c
            WHERE t.id = ANY (:tables)
            """;

    private final Map<String, Map<Integer, String>> names;

    private SqlColumns(Map<String, Map<Integer, String>> names) {
        this.names = names;
    }

    /** As they are now; of a dropped table, as they were last. */
    static SqlColumns read(Handle handle, Collection<String> tables) {
        Map<String, Map<Integer, String>> names = new HashMap<>();
        if (!tables.isEmpty()) {
            handle.createQuery(COLUMNS)
                    .bindArray("tables", String.class, tables.toArray())
                    .map((row, context) -> names.computeIfAbsent(row.getString("table_id"), key -> new HashMap<>())
                            .put(row.getInt("column_id"), row.getString("name")))
                    .list();
        }
        return new SqlColumns(names);
    }

    Collection<String> names(String table) {
        return names.getOrDefault(table, Map.of()).values();
    }

    /** A flow as it was kept, with the ids that the columns had then. */
    record Kept(Flow flow, Map<String, Map<String, Integer>> ids) {
        static Kept of(String flow, String ids) {
            try {
                return new Kept(
                        Json.lenient().readValue(flow, Flow.class),
                        Json.lenient().readValue(ids, new TypeReference<>() {}));
            } catch (IOException e) {
                throw new UncheckedIOException("a flow is damaged", e);
            }
        }
    }

    /** The flow with the names of now. */
    Flow named(Kept kept) {
        return kept.flow().called((table, name) -> {
            Integer id = kept.ids().getOrDefault(table, Map.of()).get(name);
            Map<Integer, String> now = names.get(table);
            return id == null || now == null ? name : now.getOrDefault(id, name + Flows.GONE);
        });
    }

    /** The ids of the columns that {@code flow} speaks of. */
    Map<String, Map<String, Integer>> idsOf(Flow flow) {
        Map<String, Set<String>> spoken = new TreeMap<>();
        flow.called((table, name) -> {
            spoken.computeIfAbsent(table, key -> new HashSet<>()).add(name);
            return name;
        });
        Map<String, Map<String, Integer>> ids = new TreeMap<>();
        spoken.forEach((table, used) -> names.getOrDefault(table, Map.of()).forEach((id, name) -> {
            if (used.contains(name)) {
                ids.computeIfAbsent(table, key -> new TreeMap<>()).put(name, id);
            }
        }));
        return ids;
    }

    static List<String> tables(Flow flow) {
        List<String> tables = new ArrayList<>();
        tables.add(flow.target().key());
        flow.inputs().stream().map(Flow.Input::table).map(LineageTable::key).forEach(tables::add);
        return tables;
    }
}
