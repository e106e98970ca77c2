package io.millrace.flink.gateway.lineage;

import io.millrace.api.sql.LineageKind;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A random query whose lineage is known because it is made together with the query, from the same pieces, and not found
 * out from the result.
 *
 * @param sql a query with columns {@code x0, x1, …}
 * @param columns the origins of each column
 * @param indirect what decides its rows or values
 */
record RandomQuery(String sql, List<Set<String>> columns, Set<String> indirect) {
    private static final int MOST_LEVELS = 3;

    /** Tables with bigint columns {@code a, b, c}, and views over them, by name. */
    static final List<String> TABLES = List.of("t0", "t1", "t2", "t3");

    /** A statement's views, each {@code CREATE VIEW name AS query}, in order; the last is the query itself. */
    record Script(Map<String, RandomQuery> views, RandomQuery query) {
        @Override
        public String toString() {
            return views.entrySet().stream()
                            .map(view -> "CREATE VIEW " + view.getKey() + " AS "
                                    + view.getValue().sql() + ";\n")
                            .collect(Collectors.joining())
                    + query.sql();
        }
    }

    static Script script(Random random) {
        Map<String, RandomQuery> views = new LinkedHashMap<>();
        int count = random.nextInt(3);
        for (int i = 0; i < count; i++) {
            views.put("v" + i, new Maker(random, views).query(random.nextInt(3)));
        }
        return new Script(views, new Maker(random, views).query(1 + random.nextInt(MOST_LEVELS)));
    }

    private static String source(String table, String column, LineageKind kind) {
        return table + "." + column + " " + kind;
    }

    private static Set<String> lift(Set<String> origins, LineageKind kind) {
        Set<String> lifted = new TreeSet<>();
        for (String origin : origins) {
            String[] parts = origin.split(" ");
            LineageKind before = LineageKind.valueOf(parts[1]);
            lifted.add(parts[0] + " " + (before.compareTo(kind) > 0 ? before : kind));
        }
        return lifted;
    }

    private static Set<String> decided(Set<String> origins, LineageKind kind) {
        return origins.stream().map(origin -> origin.split(" ")[0] + " " + kind).collect(Collectors.toSet());
    }

    /** Makes queries of queries. */
    private static final class Maker {
        private final Random random;
        private final Map<String, RandomQuery> views;
        private int aliases;

        Maker(Random random, Map<String, RandomQuery> views) {
            this.random = random;
            this.views = views;
        }

        RandomQuery query(int levels) {
            if (levels == 0) {
                return leaf();
            }
            return switch (random.nextInt(8)) {
                case 0 -> computed(query(levels - 1));
                case 1 -> filtered(query(levels - 1));
                case 2 -> joined(query(levels - 1), query(random.nextInt(levels)));
                case 3 -> united(query(levels - 1), query(random.nextInt(levels)));
                case 4 -> aggregated(query(levels - 1));
                case 5 -> semiJoined(query(levels - 1), query(random.nextInt(levels)));
                case 6 -> windowed(query(levels - 1));
                default -> withed(query(levels - 1));
            };
        }

        private static List<Set<String>> ofView(String name, RandomQuery view) {
            List<Set<String>> columns = new ArrayList<>();
            for (Set<String> origins : view.columns()) {
                Set<String> both = new TreeSet<>(origins);
                both.add(source(name, "x" + columns.size(), LineageKind.IDENTITY));
                columns.add(both);
            }
            return columns;
        }

        private String alias() {
            return "q" + aliases++;
        }

        private RandomQuery leaf() {
            List<String> names = new ArrayList<>(views.keySet());
            int pick = random.nextInt(TABLES.size() + names.size());
            if (pick < names.size()) {
                RandomQuery view = views.get(names.get(pick));
                return new RandomQuery(
                        "SELECT * FROM " + names.get(pick), ofView(names.get(pick), view), view.indirect());
            }
            String table = TABLES.get(pick - names.size());
            List<String> columns = random.nextBoolean() ? List.of("a", "b", "c") : List.of("c", "a");
            List<String> selected = new ArrayList<>();
            List<Set<String>> origins = new ArrayList<>();
            for (String column : columns) {
                selected.add(column + " AS x" + selected.size());
                origins.add(Set.of(source(table, column, LineageKind.IDENTITY)));
            }
            return new RandomQuery("SELECT " + String.join(", ", selected) + " FROM " + table, origins, Set.of());
        }

        private int column(RandomQuery of) {
            return random.nextInt(of.columns().size());
        }

        private static Set<String> both(Set<String> one, Set<String> two) {
            Set<String> all = new TreeSet<>(one);
            all.addAll(two);
            return all;
        }

        private RandomQuery computed(RandomQuery from) {
            int width = 1 + random.nextInt(3);
            List<String> selected = new ArrayList<>();
            List<Set<String>> origins = new ArrayList<>();
            Set<String> indirect = new TreeSet<>(from.indirect());
            for (int i = 0; i < width; i++) {
                int one = column(from);
                int two = column(from);
                int three = column(from);
                Set<String> first = from.columns().get(one);
                Set<String> pair = lift(both(first, from.columns().get(two)), LineageKind.TRANSFORMATION);
                switch (random.nextInt(4)) {
                    case 0 -> {
                        selected.add("x" + one + " AS x" + i);
                        origins.add(first);
                    }
                    case 1 -> {
                        selected.add("x" + one + " * 3 + x" + two + " AS x" + i);
                        origins.add(pair);
                    }
                    case 2 -> {
                        selected.add(random.nextInt(100) + " AS x" + i);
                        origins.add(Set.of());
                    }
                    default -> {
                        selected.add(
                                "CASE WHEN x" + three + " > 4 THEN x" + one + " ELSE x" + two + " + 1 END AS x" + i);
                        origins.add(pair);
                        indirect.addAll(decided(from.columns().get(three), LineageKind.CONDITIONAL));
                    }
                }
            }
            String sql = "SELECT " + String.join(", ", selected) + " FROM (" + from.sql() + ") " + alias();
            return new RandomQuery(sql, origins, indirect);
        }

        private RandomQuery filtered(RandomQuery from) {
            int one = column(from);
            int two = column(from);
            Set<String> decided =
                    decided(both(from.columns().get(one), from.columns().get(two)), LineageKind.FILTER);
            return new RandomQuery(
                    "SELECT * FROM (" + from.sql() + ") " + alias() + " WHERE x" + one + " > x" + two + " - 7",
                    from.columns(),
                    both(from.indirect(), decided));
        }

        private RandomQuery joined(RandomQuery left, RandomQuery right) {
            String l = alias();
            String r = alias();
            int on = column(left);
            int with = column(right);
            List<String> selected = new ArrayList<>();
            List<Set<String>> origins = new ArrayList<>();
            for (int i = 0; i < left.columns().size(); i++) {
                selected.add(l + ".x" + i + " AS x" + selected.size());
                origins.add(left.columns().get(i));
            }
            int last = column(right);
            selected.add(r + ".x" + last + " AS x" + selected.size());
            origins.add(right.columns().get(last));
            String kind = List.of("JOIN", "LEFT JOIN", "FULL JOIN").get(random.nextInt(3));
            Set<String> decided =
                    decided(both(left.columns().get(on), right.columns().get(with)), LineageKind.JOIN);
            String sql = "SELECT " + String.join(", ", selected) + " FROM (" + left.sql() + ") " + l + " " + kind + " ("
                    + right.sql() + ") " + r + " ON " + l + ".x" + on + " = " + r + ".x" + with;
            return new RandomQuery(sql, origins, both(both(left.indirect(), right.indirect()), decided));
        }

        private RandomQuery united(RandomQuery one, RandomQuery two) {
            int width = Math.min(one.columns().size(), two.columns().size());
            List<String> names = new ArrayList<>();
            List<Set<String>> origins = new ArrayList<>();
            for (int i = 0; i < width; i++) {
                names.add("x" + i);
                origins.add(both(one.columns().get(i), two.columns().get(i)));
            }
            String select = "SELECT " + String.join(", ", names) + " FROM (";
            String sql = select + one.sql() + ") " + alias() + (random.nextBoolean() ? " UNION ALL " : " UNION ")
                    + select + two.sql() + ") " + alias();
            return new RandomQuery(sql, origins, both(one.indirect(), two.indirect()));
        }

        private RandomQuery aggregated(RandomQuery from) {
            int key = column(from);
            int value = column(from);
            int having = column(from);
            Set<String> indirect = new TreeSet<>(from.indirect());
            indirect.addAll(decided(from.columns().get(key), LineageKind.GROUP_BY));
            indirect.addAll(decided(from.columns().get(having), LineageKind.FILTER));
            String sql = "SELECT x" + key + " AS x0, SUM(x" + value + ") AS x1, COUNT(*) AS x2 FROM (" + from.sql()
                    + ") " + alias() + " GROUP BY x" + key + " HAVING MAX(x" + having + ") > 5";
            return new RandomQuery(
                    sql,
                    List.of(
                            from.columns().get(key),
                            lift(from.columns().get(value), LineageKind.AGGREGATION),
                            Set.of()),
                    indirect);
        }

        private RandomQuery semiJoined(RandomQuery from, RandomQuery inner) {
            int one = column(from);
            int two = column(inner);
            Set<String> decided =
                    decided(both(from.columns().get(one), inner.columns().get(two)), LineageKind.FILTER);
            String sql = "SELECT * FROM (" + from.sql() + ") " + alias() + " WHERE x" + one
                    + (random.nextBoolean() ? " IN" : " NOT IN") + " (SELECT x" + two + " FROM (" + inner.sql() + ") "
                    + alias() + ")";
            return new RandomQuery(sql, from.columns(), both(both(from.indirect(), inner.indirect()), decided));
        }

        private RandomQuery windowed(RandomQuery from) {
            int key = column(from);
            int order = column(from);
            int value = column(from);
            Set<String> decided =
                    decided(both(from.columns().get(key), from.columns().get(order)), LineageKind.WINDOW);
            String sql = "SELECT x" + value + " AS x0, MAX(x" + value + ") OVER (PARTITION BY x" + key + " ORDER BY x"
                    + order + ") AS x1 FROM (" + from.sql() + ") " + alias();
            return new RandomQuery(
                    sql,
                    List.of(from.columns().get(value), lift(from.columns().get(value), LineageKind.AGGREGATION)),
                    both(from.indirect(), decided));
        }

        private RandomQuery withed(RandomQuery from) {
            String name = alias();
            int one = column(from);
            return new RandomQuery(
                    "WITH " + name + " AS (" + from.sql() + ") SELECT l.x" + one + " AS x0, r.x" + one
                            + " - 1 AS x1 FROM " + name + " l CROSS JOIN " + name + " r",
                    List.of(from.columns().get(one), lift(from.columns().get(one), LineageKind.TRANSFORMATION)),
                    from.indirect());
        }
    }
}
