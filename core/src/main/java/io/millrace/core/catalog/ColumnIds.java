package io.millrace.core.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Numbers that name the columns of one table across renames. A number is never given to another column.
 *
 * @param inOrder one for each column, in the columns' order
 * @param last the highest that was ever given
 */
public record ColumnIds(List<Integer> inOrder, int last) {
    public ColumnIds {
        inOrder = List.copyOf(inOrder);
        if (Set.copyOf(inOrder).size() != inOrder.size()) {
            throw new IllegalArgumentException("a column id is given twice: " + inOrder);
        }
        for (int id : inOrder) {
            if (id < 1 || id > last) {
                throw new IllegalArgumentException("column id " + id + " is not between 1 and " + last);
            }
        }
    }

    /** Of a new table. */
    public static ColumnIds first(int columns) {
        return new ColumnIds(IntStream.rangeClosed(1, columns).boxed().toList(), columns);
    }

    /**
     * After a change of the columns. A column keeps its number if it is named in {@code kept} or has the name that it
     * had.
     *
     * @param kept numbers of columns by their new names, for those that were renamed; others may be named too
     */
    public ColumnIds next(List<Column> before, List<Column> after, Map<String, Integer> kept) {
        Map<String, Integer> byName = new HashMap<>();
        for (int i = 0; i < before.size(); i++) {
            byName.put(before.get(i).name(), inOrder.get(i));
        }
        Set<Integer> free = new HashSet<>(inOrder);
        Map<String, Integer> given = new HashMap<>();
        for (Column column : after) {
            Integer wanted = kept.get(column.name());
            if (wanted != null && free.remove(wanted)) {
                given.put(column.name(), wanted);
            }
        }
        List<Integer> ids = new ArrayList<>();
        int highest = last;
        for (Column column : after) {
            Integer id = given.get(column.name());
            Integer own = byName.get(column.name());
            if (id == null && own != null && free.remove(own)) {
                id = own;
            }
            ids.add(id == null ? ++highest : id);
        }
        return new ColumnIds(ids, highest);
    }
}
