package io.millrace.flink.gateway.lineage;

import org.apache.calcite.rel.core.CorrelationId;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rows outside that a tree can refer to, by correlation id. Immutable. */
final class Scope {
    static final Scope EMPTY = new Scope(Map.of());

    private final Map<CorrelationId, List<Derived>> rows;

    private Scope(Map<CorrelationId, List<Derived>> rows) {
        this.rows = rows;
    }

    Scope with(CorrelationId id, List<Derived> row) {
        Map<CorrelationId, List<Derived>> more = new HashMap<>(rows);
        more.put(id, row);
        return new Scope(more);
    }

    @Nullable
    List<Derived> row(CorrelationId id) {
        return rows.get(id);
    }
}
