package io.millrace.dist.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dist.e2e.Millrace.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

/** A function of a catalog from its creation through queries and a job to its drop. */
@ExtendWith(SharedStack.class)
class FunctionE2E {
    private static final String QUERY = "SELECT kafka.main.host('https://www.Example.com/a') AS h";

    @TempDir
    private Path folder;

    @Test
    void aFunctionIsCreatedUsedAndDropped(Millrace millrace) throws Exception {
        ok(millrace, "sql", "-e", "CREATE FUNCTION kafka.main.Host AS 'io.millrace.flink.functions.UrlHost'");
        refuses(millrace);

        assertThat(ok(millrace, "sql", "-o", "csv", "-e", QUERY)).isEqualTo("h\nwww.example.com\n");
        assertThat(ok(millrace, "sql", "-o", "csv", "-e", "USE kafka.main; SHOW USER FUNCTIONS"))
                .contains("host");
        startsAJob(millrace);
        ok(millrace, "job", "stop", "hosts", "--wait");
        dropsAndRestores(millrace);
    }

    private static void refuses(Millrace millrace) throws Exception {
        assertThat(millrace.run("catalog", "functions", "create", "kafka.main.g", "--class", "com.example.Missing")
                        .err())
                .contains("'com.example.Missing' is not on Flink's class path");
        assertThat(millrace.run("catalog", "functions", "create", "kafka.main.HOST", "--class", "a.B")
                        .err())
                .contains("There is a function 'kafka.main.host' already");
    }

    private void startsAJob(Millrace millrace) throws Exception {
        Path file = Files.writeString(folder.resolve("hosts.sql"), """
                ---
                name: hosts
                ---
                CREATE TEMPORARY TABLE urls (url STRING) WITH ('connector' = 'datagen', 'rows-per-second' = '5');
                CREATE TEMPORARY TABLE hole (host STRING) WITH ('connector' = 'blackhole');
                INSERT INTO hole SELECT kafka.main.host(url) FROM urls;
                """);
        ok(millrace, "job", "apply", "-f", file.toString());
        ok(millrace, "job", "start", "hosts", "--wait");
        assertThat(ok(millrace, "job", "history", "hosts", "--versions"))
                .containsPattern("kafka\\.main\\.host sha256:\\p{XDigit}{12}");
    }

    private static void dropsAndRestores(Millrace millrace) throws Exception {
        String callers = "\nFunction 'kafka.main.host' is called by job 'default.hosts'; what runs goes on";

        assertThat(ok(millrace, "catalog", "functions", "drop", "kafka.main.host", "--dry-run"))
                .startsWith("kafka.main.host: would be dropped" + callers);
        Answer dropped = millrace.run("sql", "-e", "DROP FUNCTION kafka.main.host");
        assertThat(dropped.err()).contains("is called by job 'default.hosts'");
        assertThat(millrace.run("sql", "-e", QUERY).err()).contains("host");

        assertThat(ok(millrace, "catalog", "functions", "restore", "kafka.main.host"))
                .isEqualTo("kafka.main.host: restored (version 3)\n");
        assertThat(ok(millrace, "sql", "-o", "csv", "-e", QUERY)).isEqualTo("h\nwww.example.com\n");
        assertThat(ok(millrace, "catalog", "functions", "history", "kafka.main.host"))
                .contains("CREATED", "DROPPED", "RESTORED");
    }

    private static String ok(Millrace millrace, String... command) throws Exception {
        Answer answer = millrace.run(command);
        assertThat(answer.exit()).as(answer.out() + answer.err()).isZero();
        return answer.out();
    }
}
