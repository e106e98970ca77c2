package io.millrace.core.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Numbers that name the columns of one table across renames. A number is never given to another column.
 *
 * @param inOrder one for each column, in the columns' order
 * @param last the highest that was ever given
 * @param keys what the table's store calls the columns across renames, by their numbers, as far as that is known; a store
 *     gives no key of a table to another column of it
 */
public record ColumnIds(List<Integer> inOrder, int last, Map<Integer, String> keys) {
    public ColumnIds {
        inOrder = List.copyOf(inOrder);
        keys = Map.copyOf(keys);
        if (Set.copyOf(inOrder).size() != inOrder.size()) {
            throw new IllegalArgumentException("a column id is given twice: " + inOrder);
        }
        for (int id : inOrder) {
            if (id < 1 || id > last) {
                throw new IllegalArgumentException("column id " + id + " is not between 1 and " + last);
            }
        }
        if (!inOrder.containsAll(keys.keySet())) {
            throw new IllegalArgumentException("keys " + keys + " are of other columns than " + inOrder);
        }
    }

    /** Of a table whose store has no keys of columns. */
    public ColumnIds(List<Integer> inOrder, int last) {
        this(inOrder, last, Map.of());
    }

    /** Of a new table. */
    public static ColumnIds first(int columns) {
        return new ColumnIds(IntStream.rangeClosed(1, columns).boxed().toList(), columns);
    }

    /**
     * After a change of the columns. A column keeps its number if it is named in {@code kept}, if the store has the same
     * key for it, or else if it has the name that it had and the store does not tell that it is another one.
     *
     * @param kept numbers of columns by their new names, for those that were renamed; others may be named too
     * @param seen the store's keys by the columns' new names; empty if it has none, or shows no columns
     */
    public ColumnIds next(
            List<Column> before, List<Column> after, Map<String, Integer> kept, Map<String, String> seen) {
        Map<String, Integer> byName = new HashMap<>();
        for (int i = 0; i < before.size(); i++) {
            byName.put(before.get(i).name(), inOrder.get(i));
        }
        Set<Integer> free = new HashSet<>(inOrder);
        Map<String, Integer> wanted = known(seen);
        wanted.putAll(kept);
        Map<String, Integer> given = new HashMap<>();
        for (Column column : after) {
            Integer id = wanted.get(column.name());
            if (id != null && free.remove(id)) {
                given.put(column.name(), id);
            }
        }
        List<Integer> ids = new ArrayList<>();
        Map<Integer, String> next = new HashMap<>();
        int highest = last;
        for (Column column : after) {
            String name = column.name();
            Integer id = given.get(name);
            Integer own = byName.get(name);
            if (id == null && own != null && !isAnother(own, name, seen) && free.remove(own)) {
                id = own;
            }
            int number = id == null ? ++highest : id;
            ids.add(number);
            Optional.ofNullable(seen.getOrDefault(name, keys.get(number))).ifPresent(key -> next.put(number, key));
        }
        return new ColumnIds(ids, highest, next);
    }

    /** Whether the store has another key for the column of this name; those that it still has are given already. */
    private boolean isAnother(int number, String name, Map<String, String> seen) {
        return keys.containsKey(number) && seen.containsKey(name);
    }

    /** Numbers of the columns that the store is known to call so, by their names in {@code seen}. */
    private Map<String, Integer> known(Map<String, String> seen) {
        Map<String, Integer> byKey = new HashMap<>();
        keys.forEach((number, key) -> byKey.put(key, number));
        Map<String, Integer> known = new HashMap<>();
        seen.forEach((name, key) -> Optional.ofNullable(byKey.get(key)).ifPresent(number -> known.put(name, number)));
        return known;
    }
}
