package io.millrace.dist.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.dist.e2e.Millrace.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A job from Kafka to PostgreSQL whose file is edited: it neither forgets what it counted nor counts a row twice. */
@ExtendWith(SharedStack.class)
class JobChangeE2E {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String FRONT = "---\nname: counting\ncheckpoint: 1 s\n---\n";
    private static final String COUNTS = "INSERT INTO postgres.public.visit_counts"
            + " SELECT person, COUNT(*) FROM kafka.main.visits GROUP BY person;\n";
    private static final String PAGES =
            "INSERT INTO postgres.public.visit_pages SELECT person, page FROM kafka.main.visits WHERE page <> '/';\n";

    @TempDir
    private Path folder;

    private final Millrace millrace;

    JobChangeE2E(Millrace millrace) {
        this.millrace = millrace;
    }

    @BeforeEach
    void tables() throws Exception {
        sql(
                "CREATE TABLE kafka.main.visits (person VARCHAR(40), page VARCHAR(40)) WITH ('topic' = 'visits', 'format' = 'json',"
                        + " 'scan.startup.mode' = 'earliest-offset');"
                        + " CREATE TABLE postgres.public.visit_counts (person VARCHAR(40), visits BIGINT,"
                        + " PRIMARY KEY (person) NOT ENFORCED);"
                        + " CREATE TABLE postgres.public.visit_pages (person VARCHAR(40), page VARCHAR(40));");
    }

    @AfterEach
    void drop() throws Exception {
        millrace.run("job", "stop", "counting", "--no-savepoint", "--wait");
        millrace.run("job", "delete", "counting");
        sql("DROP TABLE kafka.main.visits; DROP TABLE postgres.public.visit_counts;"
                + " DROP TABLE postgres.public.visit_pages;");
    }

    private String sql(String statements) throws Exception {
        return ok("sql", "-o", "csv", "-e", statements).out();
    }

    private Answer ok(String... arguments) throws Exception {
        Answer answer = millrace.run(arguments);
        assertThat(answer.exit()).as(answer.err()).isZero();
        return answer;
    }

    private void awaitCount(String count) {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(sql("SELECT visits FROM postgres.public.visit_counts"))
                        .isEqualTo("visits\n" + count + "\n"));
    }

    @Test
    void goesOnCountingAfterItsFileWasEdited() throws Exception {
        Path file = Files.writeString(folder.resolve("counting.sql"), FRONT + COUNTS);
        sql("INSERT INTO kafka.main.visits VALUES ('ada', '/'), ('ada', '/a'), ('ada', '/b')");
        ok("job", "apply", "-f", file.toString(), "--start", "--wait");
        awaitCount("3");

        Files.writeString(file, FRONT + PAGES + COUNTS.replace("GROUP", "WHERE person <> 'bob' GROUP"));
        Answer dry = ok("job", "apply", "-f", file.toString(), "--dry-run");
        ok("job", "apply", "-f", file.toString());
        Answer compared = ok("job", "compare", "counting");
        Answer proven = ok("job", "compare", "counting", "--prove");
        assertThat(proven.out()).contains("version 2: PROVEN. The version restored the state of");
        assertThat(ok("job", "show", "counting").out()).contains("RUNNING");
        awaitCount("3");
        assertThat(sql("SELECT page FROM postgres.public.visit_pages")).isEqualTo("page\n");
        Answer deployed = ok("job", "deploy", "counting", "--prove", "--wait");
        sql("INSERT INTO kafka.main.visits VALUES ('ada', '/c'), ('bob', '/c')");

        assertThat(dry.out()).contains("state from version 1 to 2: COMPATIBLE. All state is taken over.");
        assertThat(compared.out())
                .startsWith("state from version 1 to 2: COMPATIBLE")
                .contains("KEPT aggregation");
        awaitCount("4");
        assertThat(deployed.err()).contains("version 2: PROVEN.");
        assertThat(ok("job", "history", "counting").out()).contains("Version 2 with the state of version 1 at");
        assertThat(deployed.out()).contains("Version 2 runs and has made a checkpoint.");
        assertThat(sql("SELECT page FROM postgres.public.visit_pages")).isEqualTo("page\n/c\n/c\n");

        Files.writeString(file, FRONT + COUNTS.replace("COUNT(*)", "COUNT(DISTINCT page)"));
        ok("job", "apply", "-f", file.toString());
        Answer refused = millrace.run("job", "deploy", "counting", "--wait");
        Answer untried = millrace.run("job", "compare", "counting", "--prove");
        assertThat(untried.exit()).isNotZero();
        assertThat(untried.err()).contains("is not tried").contains("COUNT");
        assertThat(refused.exit()).isNotZero();
        assertThat(refused.err()).contains("would drop state of version 2").contains("COUNT");
        assertThat(ok("job", "show", "counting").out()).contains("RUNNING");
    }
}
