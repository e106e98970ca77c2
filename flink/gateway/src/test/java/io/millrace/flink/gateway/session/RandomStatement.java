package io.millrace.flink.gateway.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Makes statements together with what they do: each part knows its own uses, and a statement has those of its parts.
 * Everything that can be selected from has the columns {@code a BIGINT, b BIGINT, s STRING}.
 */
final class RandomStatement {
    static final String HOME = "warehouse.`default`.";
    static final String TURN = "kafka.main.turn";
    static final String TOTAL = "kafka.main.total";
    static final String WORDS = "kafka.main.words";
    static final String COUNTED = "kafka.main.counted";
    static final String KEPT = "warehouse.default.kept";

    private final Random random;
    private final List<Named> named;
    private int aliases;

    /** In a query that is part of CREATE TABLE AS or of INSERT, Flink validates named arguments twice and fails. */
    private boolean isPart;

    /** In a condition, Calcite does not find the names of a pattern's variables. */
    private boolean inCondition;

    RandomStatement(Random random, List<Named> named) {
        this.random = random;
        this.named = named;
    }

    /** Text and what it does, such as {@code READ warehouse.default.t0}. */
    record Made(String sql, Set<String> uses) {
        Made(String sql, Made... parts) {
            this(sql, new TreeSet<>());
            for (Made part : parts) {
                uses.addAll(part.uses());
            }
        }

        Made and(String use) {
            uses.add(use);
            return this;
        }

        @Override
        public String toString() {
            return sql + " -- " + uses;
        }
    }

    /**
     * What a query can name.
     *
     * @param uses what reading it does
     * @param table whether it is a table that a catalog keeps
     * @param timed whether it is a table with an event time {@code ts}
     * @param versioned whether it also has a key, and so a version at each time
     */
    record Named(
            String name,
            Set<String> uses,
            boolean temporary,
            boolean hintable,
            boolean table,
            boolean timed,
            boolean versioned) {}

    Made statement() {
        return switch (random.nextInt(14)) {
            case 0, 1, 2 -> query(3);
            case 3, 4 -> insertion();
            case 5 -> set();
            case 6 -> explained();
            case 7 -> made("CREATE TABLE fresh AS ");
            case 8 -> made("CREATE TABLE IF NOT EXISTS out0 AS ").and("WRITE warehouse.default.out0");
            case 9 -> made("CREATE VIEW fresh AS ");
            case 10 -> made("CREATE TEMPORARY VIEW fresh AS ");
            case 11 -> like();
            case 12 -> changed();
            default -> made("ALTER VIEW v0 AS ").and("READ warehouse.default.v0");
        };
    }

    private Made made(String prefix) {
        isPart = prefix.startsWith("CREATE TABLE");
        Made query = query(2);
        return new Made(prefix + query.sql(), query);
    }

    /** Copies a definition, which is reading it, but calls nothing and reads no rows. */
    private Made like() {
        List<Named> tables = named.stream().filter(Named::table).toList();
        Named source = tables.get(random.nextInt(tables.size()));
        String text = one(
                        "CREATE TEMPORARY TABLE fresh LIKE ",
                        "CREATE TABLE fresh LIKE ",
                        "CREATE TABLE fresh (x INT) LIKE ")
                + source.name()
                + one("", " (EXCLUDING OPTIONS)");
        return new Made(
                text,
                source.uses().stream()
                        .filter(use -> use.startsWith("READ "))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    private Made insertion() {
        isPart = true;
        Made query = query(2);
        int sink = random.nextInt(2);
        String text = "INSERT INTO " + HOME + "out" + sink
                + one("", " /*+ OPTIONS('csv.null-literal'='') */")
                + one("", " (a, b, s)")
                + " " + query.sql();
        return new Made(text, query).and("WRITE warehouse.default.out" + sink);
    }

    /** What an UPDATE or a DELETE changes it reads, too. */
    private Made changed() {
        String table = "out" + random.nextInt(2);
        Made where = condition(table, 2);
        Made value = call("s", "");
        Made scalar = inner(1);
        Made made = random.nextBoolean()
                ? new Made("DELETE FROM " + HOME + table + " WHERE " + where.sql(), where)
                : new Made(
                        "UPDATE " + HOME + table + " SET s = " + value.sql() + ", b = (SELECT MAX(b) FROM ("
                                + scalar.sql() + ") AS " + alias() + ") WHERE " + where.sql(),
                        where,
                        value,
                        scalar);
        return made.and("READ warehouse.default." + table).and("WRITE warehouse.default." + table);
    }

    private Made set() {
        Made one = insertion();
        Made two = insertion();
        String text = one.sql() + "; " + two.sql() + "; END";
        return new Made(one("BEGIN STATEMENT SET; ", "EXECUTE STATEMENT SET BEGIN ") + text, one, two);
    }

    private Made explained() {
        Made inner = random.nextInt(4) == 0 ? set() : random.nextBoolean() ? insertion() : query(2);
        if (inner.sql().startsWith("BEGIN")) {
            return new Made(
                    "EXPLAIN " + inner.sql().replaceFirst("BEGIN STATEMENT SET;", "STATEMENT SET BEGIN"), inner);
        }
        String text = inner.sql().replaceFirst("^EXECUTE ", "");
        return new Made(one("EXPLAIN ", "EXPLAIN PLAN FOR ", "EXPLAIN ESTIMATED_COST ") + text, inner);
    }

    /** A query that is nested so often. */
    Made query(int depth) {
        if (depth == 0 || random.nextInt(6) == 0) {
            return leaf();
        }
        List<Supplier<Made>> kinds = new ArrayList<>(List.of(
                () -> filtered(depth),
                () -> filtered(depth),
                () -> projected(depth),
                () -> combined(depth),
                () -> joined(depth),
                () -> lateral(depth),
                () -> words(depth),
                () -> lookedUp(depth),
                () -> grouped(depth),
                () -> windowed(depth),
                () -> withed(depth),
                () -> inCondition ? sorted(depth) : matched(depth),
                () -> sorted(depth),
                this::tumbled,
                () -> temporal(depth),
                () -> isPart ? leaf() : counted()));
        return kinds.get(random.nextInt(kinds.size())).get();
    }

    private Made leaf() {
        Made from = name(named.get(random.nextInt(named.size())));
        return new Made("SELECT a, b, s FROM " + from.sql(), from);
    }

    private Made name(Named relation) {
        String hint = relation.hintable() && random.nextInt(3) == 0
                ? " /*+ OPTIONS('csv.ignore-parse-errors'='true') */"
                : "";
        return new Made(relation.name() + hint, new TreeSet<>(relation.uses()));
    }

    private Made filtered(int depth) {
        Made from = query(depth - 1);
        String x = alias();
        Made condition = condition(x, depth);
        return new Made(
                "SELECT a, b, s FROM (" + from.sql() + ") AS " + x + " WHERE " + condition.sql(), from, condition);
    }

    private Made inner(int depth) {
        boolean before = inCondition;
        inCondition = true;
        Made inner = query(depth);
        inCondition = before;
        return inner;
    }

    private Made condition(String x, int depth) {
        Made inner = inner(depth - 1);
        String y = alias();
        String from = " FROM (" + inner.sql() + ") AS " + y;
        return switch (random.nextInt(8)) {
            case 0 -> new Made(x + ".a IN (SELECT a" + from + ")", inner);
            case 1 -> new Made("EXISTS (SELECT 1" + from + " WHERE " + y + ".b = " + x + ".b)", inner);
            case 2 -> new Made(x + ".b = (SELECT MAX(b)" + from + ")", inner);
            case 3 -> new Made(x + ".a NOT IN (SELECT b" + from + ")", inner);
            // Of EXISTS without a condition no column is computed, so none of its functions is called.
            case 4 -> new Made("NOT EXISTS (SELECT a" + from + " WHERE " + y + ".a > 1)", inner);
            case 5 -> new Made("(" + x + ".a > 3 OR " + x + ".s IN (SELECT s" + from + "))", inner);
            case 6 -> call(x + ".s", " = 'x'");
            default -> new Made("(SELECT COUNT(*)" + from + ") > 1", inner);
        };
    }

    private Made call(String argument, String rest) {
        return switch (random.nextInt(4)) {
            case 0 -> new Made("kept(" + argument + ")" + rest).and("EXECUTE " + KEPT);
            case 1 -> new Made("UPPER(" + argument + ")" + rest);
            default -> new Made(one(TURN, "kafka.main.TURN") + "(" + argument + ")" + rest).and("EXECUTE " + TURN);
        };
    }

    private Made projected(int depth) {
        Made from = query(depth - 1);
        Made scalar = inner(depth - 1);
        Made call = call("s", "");
        String text = "SELECT a, (SELECT MAX(b) FROM (" + scalar.sql() + ") AS " + alias() + ") AS b, " + call.sql()
                + " AS s FROM (" + from.sql() + ") AS " + alias();
        return new Made(text, from, scalar, call);
    }

    private Made combined(int depth) {
        Made left = query(depth - 1);
        Made right = query(depth - 1);
        String word = one(" UNION ALL ", " UNION ", " INTERSECT ", " EXCEPT ");
        return new Made(
                "SELECT a, b, s FROM (" + left.sql() + ") AS " + alias() + word + "SELECT a, b, s FROM (" + right.sql()
                        + ") AS " + alias(),
                left,
                right);
    }

    private Made joined(int depth) {
        Made left = query(depth - 1);
        Made right = query(depth - 1);
        Made on = call("l.s", " = r.s");
        return new Made(
                "SELECT l.a, r.b, l.s FROM (" + left.sql() + ") AS l " + one("", "LEFT ", "RIGHT ", "FULL ") + "JOIN ("
                        + right.sql() + ") AS r ON l.a = r.a AND " + on.sql(),
                left,
                right,
                on);
    }

    private Made lateral(int depth) {
        Made left = query(depth - 1);
        Made right = query(depth - 1);
        return new Made(
                "SELECT l.a, r.b, l.s FROM (" + left.sql() + ") AS l, LATERAL (SELECT b FROM (" + right.sql() + ") AS "
                        + alias() + " WHERE a = l.a) AS r",
                left,
                right);
    }

    private Made words(int depth) {
        Made left = query(depth - 1);
        boolean outer = random.nextBoolean();
        String table = "LATERAL TABLE(" + WORDS + "(l.s)) AS r (w)";
        return new Made(
                        "SELECT l.a, l.b, r.w AS s FROM (" + left.sql() + ") AS l"
                                + (outer ? " LEFT JOIN " + table + " ON TRUE" : ", " + table),
                        left)
                .and("EXECUTE " + WORDS);
    }

    private Made lookedUp(int depth) {
        Made left = query(depth - 1);
        Made right = name(named.get(random.nextInt(named.size())));
        return new Made(
                "SELECT l.a, r.b, l.s FROM (SELECT *, PROCTIME() AS pt FROM (" + left.sql() + ") AS " + alias()
                        + ") AS l JOIN " + right.sql().replaceFirst(" /.*", "")
                        + " FOR SYSTEM_TIME AS OF l.pt AS r ON l.a = r.a",
                left,
                right);
    }

    private Made grouped(int depth) {
        Made from = query(depth - 1);
        Made call = call("s", "");
        return new Made(
                        "SELECT a, " + TOTAL + "(b)" + one("", " FILTER (WHERE a > 1)") + " AS b, MAX(" + call.sql()
                                + ") AS s FROM (" + from.sql() + ") AS " + alias() + " GROUP BY a"
                                + one("", " HAVING COUNT(*) > 1"),
                        from,
                        call)
                .and("EXECUTE " + TOTAL);
    }

    private Made windowed(int depth) {
        Made from = query(depth - 1);
        boolean own = random.nextBoolean();
        Made made = new Made(
                "SELECT a, " + (own ? TOTAL : "SUM") + "(b) OVER (PARTITION BY a ORDER BY pt) AS b, s FROM (SELECT *,"
                        + " PROCTIME() AS pt FROM (" + from.sql() + ") AS " + alias() + ") AS " + alias(),
                from);
        return own ? made.and("EXECUTE " + TOTAL) : made;
    }

    private Made withed(int depth) {
        Made from = query(depth - 1);
        String name = alias();
        String unused = random.nextInt(3) == 0 ? ", unused AS (SELECT a FROM warehouse.`default`.t0)" : "";
        return new Made(
                "SELECT a, b, s FROM (WITH " + name + " AS (" + from.sql() + ")" + unused
                        + " SELECT l.a, r.b, l.s FROM " + name + " AS l CROSS JOIN " + name + " AS r) AS " + alias(),
                from);
    }

    private Made matched(int depth) {
        Made from = query(depth - 1);
        Made measure = call("LAST(A.s)", "");
        Made define = call("A.s", " = 'x'");
        return new Made(
                "SELECT a, b, s FROM (SELECT *, PROCTIME() AS pt FROM (" + from.sql() + ") AS " + alias()
                        + ") MATCH_RECOGNIZE (PARTITION BY a ORDER BY pt MEASURES LAST(B.b) AS b, " + measure.sql()
                        + " AS s ONE ROW PER MATCH AFTER MATCH SKIP PAST LAST ROW PATTERN (A+ B) DEFINE A AS "
                        + define.sql() + ") AS " + alias(),
                from,
                measure,
                define);
    }

    private Made sorted(int depth) {
        Made from = query(depth - 1);
        Made key = call("s", "");
        return new Made(
                "SELECT a, b, s FROM (SELECT a, b, s FROM (" + from.sql() + ") AS " + alias() + " ORDER BY " + key.sql()
                        + " LIMIT 3) AS " + alias(),
                from,
                key);
    }

    private Made tumbled() {
        Named timed = named.stream().filter(Named::timed).findFirst().orElseThrow();
        String kind = one("TUMBLE", "HOP");
        return new Made(
                "SELECT MAX(a) AS a, COUNT(*) AS b, MIN(s) AS s FROM TABLE(" + kind + "(TABLE " + timed.name()
                        + ", DESCRIPTOR(ts), INTERVAL '1' MINUTE"
                        + (kind.equals("HOP") ? ", INTERVAL '2' MINUTE" : "") + ")) GROUP BY window_start, window_end",
                new TreeSet<>(timed.uses()));
    }

    /** As of an event time; the left side has one as long as nothing but a filter is between it and its table. */
    private Made temporal(int depth) {
        Named timed = named.stream().filter(Named::timed).findFirst().orElseThrow();
        Named versioned = named.stream().filter(Named::versioned).findFirst().orElseThrow();
        Made where = condition("f", depth);
        Made made = new Made(
                "SELECT l.a, r.b, l.s FROM (SELECT * FROM " + timed.name() + " AS f WHERE " + where.sql() + ") AS l "
                        + one("", "LEFT ") + "JOIN " + versioned.name()
                        + " FOR SYSTEM_TIME AS OF l.ts AS r ON l.a = r.a",
                where);
        made.uses().addAll(timed.uses());
        made.uses().addAll(versioned.uses());
        return made;
    }

    private Made counted() {
        Made from = name(named.get(random.nextInt(named.size())));
        return new Made(
                        "SELECT a, n AS b, 'x' AS s FROM " + COUNTED + "(r => TABLE "
                                + from.sql().replaceFirst(" /.*", "") + " PARTITION BY a)",
                        from)
                .and("EXECUTE " + COUNTED);
    }

    private String alias() {
        return "q" + aliases++;
    }

    private String one(String... texts) {
        return texts[random.nextInt(texts.length)];
    }
}
