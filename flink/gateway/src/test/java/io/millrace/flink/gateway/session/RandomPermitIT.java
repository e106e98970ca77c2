package io.millrace.flink.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.sql.ObjectUse;
import io.millrace.flink.catalog.InMemoryMetastore;
import io.millrace.flink.gateway.analysis.Mentions;
import io.millrace.flink.gateway.problem.Code;
import io.millrace.flink.gateway.problem.GatewayException;
import io.millrace.flink.gateway.problem.Hints;
import io.millrace.flink.gateway.script.Piece;
import io.millrace.flink.gateway.script.Script;
import io.millrace.flink.gateway.session.RandomStatement.Made;
import io.millrace.flink.gateway.session.RandomStatement.Named;
import io.millrace.testkit.Cases;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Random statements over tables, views and functions: what the server is asked is what the statement was made to do, and
 * it is refused exactly when one thing of that is denied. {@code -Dmillrace.cases=N} tries more; {@code Cases.one} with
 * the seed of a failure repeats it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RandomPermitIT {
    private static final long SEED = 20_261_120;
    private static final int COUNT = 1000;

    /**
     * Its views call every function, and read tables of all kinds and other views. None is wide, for whatever is below a
     * view is planned anew wherever it is named.
     */
    private static final long WORLD = 20_263_081;

    private static final int VIEWS = 7;
    private static final String COLUMNS = " (a BIGINT, b BIGINT, s STRING";

    private final ExecutorService threads = Executors.newSingleThreadExecutor();
    private final List<Named> named = new ArrayList<>();

    /** By reference, since a temporary table has another name than the table that it stands for. */
    private final Map<String, String> names = new HashMap<>();

    private InMemoryMetastore metastore;
    private SqlSession session;
    private TableEnvironmentInternal environment;

    @BeforeAll
    void world(@TempDir Path folder) {
        metastore = InMemoryMetastore.start(folder);
        session = new SqlSession(
                new SessionContexts(Configuration.fromMap(metastore.flinkConfig()), threads).open(null, null));
        environment = session.environment(Map.of());
        metastore.addFunction("kafka", "main", "turn", "io.millrace.flink.catalog.Reversed");
        metastore.addFunction("warehouse", "default", "kept", "io.millrace.flink.catalog.Reversed");
        metastore.addFunction("kafka", "main", "total", SomeFunctions.Total.class.getName());
        metastore.addFunction("kafka", "main", "words", SomeFunctions.Words.class.getName());
        metastore.addFunction("kafka", "main", "counted", SomeFunctions.Counted.class.getName());
        run("CREATE TABLE out0" + COLUMNS + ")");
        run("CREATE TABLE out1" + COLUMNS + ")");
        names.put(ref("warehouse", "out0"), "warehouse.default.out0");
        names.put(ref("warehouse", "out1"), "warehouse.default.out1");
        for (int i = 0; i < 3; i++) {
            table("warehouse", "t" + i, "", Set.of());
            table("kafka", "k" + i, "", Set.of());
        }
        table("warehouse", "computed", ", c AS kafka.main.turn(s)", Set.of("EXECUTE " + RandomStatement.TURN));
        String time = ", d STRING, ts AS TO_TIMESTAMP(d), WATERMARK FOR ts AS ts - INTERVAL '1' SECOND"
                + " * CHAR_LENGTH(kept('x'))";
        table("warehouse", "timed", time, Set.of("EXECUTE " + RandomStatement.KEPT));
        table(
                "warehouse",
                "versioned",
                time + ", PRIMARY KEY (a) NOT ENFORCED",
                Set.of("EXECUTE " + RandomStatement.KEPT));
        run("CREATE TEMPORARY TABLE same LIKE t1");
        named.add(new Named("same", Set.of("READ warehouse.default.t1"), true, true, false, false, false));
        Random random = new Random(WORLD);
        for (int i = 0; i < VIEWS; i++) {
            view("v" + i, random, i > 0 && i % 4 == 0);
        }
    }

    private void table(String catalog, String name, String more, Set<String> calls) {
        String database = catalog.equals("warehouse") ? "default" : "main";
        String path = catalog + ".`" + database + "`." + name;
        run("CREATE TABLE " + path + COLUMNS + more + ")");
        String shown = catalog + "." + database + "." + name;
        names.put(metastore.stored(catalog, database, name).ref(), shown);
        Set<String> uses = new TreeSet<>(calls);
        uses.add("READ " + shown);
        boolean home = catalog.equals("warehouse");
        named.add(new Named(path, uses, false, home, true, name.equals("timed"), name.equals("versioned")));
    }

    private void view(String name, Random random, boolean temporary) {
        List<Named> parts =
                named.stream().filter(each -> temporary || !each.temporary()).toList();
        Made query = new RandomStatement(random, parts).query(2);
        run("CREATE " + (temporary ? "TEMPORARY " : "") + "VIEW " + name + " AS " + query.sql());
        Set<String> uses = new TreeSet<>(query.uses());
        if (!temporary) {
            names.put(ref("warehouse", name), "warehouse.default." + name);
            uses.add("READ warehouse.default." + name);
        }
        named.add(new Named(name, uses, temporary, false, false, false, false));
    }

    private String ref(String catalog, String name) {
        return metastore.stored(catalog, "default", name).ref();
    }

    @AfterAll
    void close() {
        session.close();
        metastore.close();
        threads.shutdownNow();
    }

    private void run(String sql) {
        Piece piece = Script.split(sql).get(0);
        planned(piece, () -> new Effects(session, environment).apply(parse(piece)));
    }

    private <T> T planned(Piece piece, Supplier<T> work) {
        return Mentions.during(session.catalogs(), List.of(piece), work);
    }

    private StatementParser.Parsed parse(Piece piece) {
        return new StatementParser(session, environment, Hints.NONE).parse(piece);
    }

    /** With {@code inAdvance}, the server says with each table what may be done with it, and is asked for the rest. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void asksForWhatAStatementDoesAndRefusesWhatIsDenied(boolean inAdvance) {
        Map<String, Integer> refused = new HashMap<>();
        metastore.decisions().tellInAdvance(inAdvance);

        Cases.forAll(SEED, COUNT, random -> new Case(made(random), denied(random)), one -> {
            metastore.decisions().takeUses();
            metastore.decisions().allow();
            one.denied().forEach(this::deny);

            Set<String> hit = new TreeSet<>(one.made().uses());
            hit.retainAll(one.denied());
            String refusal = refusal(one.made().sql());

            if (inAdvance) {
                assertThat(one.made().uses()).containsAll(asked());
            } else {
                assertThat(asked()).isEqualTo(one.made().uses());
            }
            assertThat(refusal.isEmpty()).as(refusal).isEqualTo(hit.isEmpty());
            assertThat(hit.isEmpty() || hit.stream().anyMatch(use -> refusal.equals(sentence(use))))
                    .as("%s names one of %s", refusal, hit)
                    .isTrue();
            hit.forEach(use -> refused.merge(use, 1, Integer::sum));
        });

        assertThat(refused).as("every object was denied at some time").hasSizeGreaterThan(15);
    }

    private record Case(Made made, Set<String> denied) {}

    private Made made(Random random) {
        return new RandomStatement(random, named).statement();
    }

    private Set<String> denied(Random random) {
        List<String> all = named.stream()
                .flatMap(each -> each.uses().stream())
                .distinct()
                .sorted()
                .collect(Collectors.toList());
        all.add("READ warehouse.default.out0");
        all.add("WRITE warehouse.default.out0");
        all.add("EXECUTE " + RandomStatement.COUNTED);
        Set<String> denied = new TreeSet<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            denied.add(all.get(random.nextInt(all.size())));
        }
        return denied;
    }

    private void deny(String use) {
        String[] words = use.split(" ");
        metastore.decisions().deny(words[0], object(words[1]));
    }

    /** Tables by reference, functions by name, as the server knows them. */
    private String object(String shown) {
        return names.entrySet().stream()
                .filter(each -> each.getValue().equals(shown))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(shown.substring(shown.lastIndexOf('.') + 1));
    }

    private String sentence(String use) {
        String[] words = use.split(" ");
        return words[0] + " on '" + object(words[1]) + "' is needed.";
    }

    private Set<String> asked() {
        return metastore.decisions().takeUses().stream()
                .map(this::shown)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private String shown(ObjectUse use) {
        String name = use.kind().equals("FUNCTION")
                ? use.catalog() + "." + use.database() + "." + use.name()
                : names.getOrDefault(String.valueOf(use.ref()), String.valueOf(use));
        return use.privilege() + " " + name;
    }

    /** Empty when the statement may run. */
    private String refusal(String sql) {
        Piece piece = Script.split(sql).get(0);
        try {
            planned(piece, () -> parse(piece));
            return "";
        } catch (GatewayException e) {
            assertThat(e.code()).as(e.getMessage()).isEqualTo(Code.ACCESS_DENIED);
            return String.valueOf(e.getMessage());
        }
    }
}
