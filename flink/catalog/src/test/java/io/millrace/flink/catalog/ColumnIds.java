package io.millrace.flink.catalog;

import io.millrace.api.catalog.ColumnView;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Gives columns their ids as the server does: a column keeps that of its name, others get the next one. */
final class ColumnIds {
    private ColumnIds() {}

    static List<ColumnView> given(List<ColumnView> columns, List<ColumnView> before) {
        Map<String, Integer> known = new TreeMap<>();
        before.forEach(column -> known.put(column.name(), column.id()));
        int last = known.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        List<ColumnView> identified = new ArrayList<>();
        for (ColumnView column : columns) {
            Integer id = column.id() == null ? known.get(column.name()) : column.id();
            identified.add(Columns.identified(column, id == null ? ++last : id));
        }
        return identified;
    }
}
