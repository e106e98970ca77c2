package io.millrace.api.jobfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.api.job.JobMode;
import io.millrace.api.job.JobSpec;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class JobFileTest {
    @Test
    void readsAllKeys() throws InvalidFilesException {
        JobFile job = JobFile.read("f", """
            ---
            # a comment
            name: page-views   # another
            description: "views: #1 of 'all'"
            mode: Batch
            target: local
            parallelism: 4
            checkpoint: 5 min
            settings:
              table.exec.state.ttl: 1 h

              'odd: key': x # y
            ---
            SET 'a' = 'b';
            """);

        assertThat(job.name()).isEqualTo("page-views");
        assertThat(job.spec())
                .isEqualTo(new JobSpec(
                        "SET 'a' = 'b';\n",
                        JobMode.BATCH,
                        "local",
                        4,
                        "PT5M",
                        "views: #1 of 'all'",
                        Map.of("table.exec.state.ttl", "1 h", "odd: key", "x")));
    }

    @Test
    void leavesOutWhatTheFileDoesNotSay() throws InvalidFilesException {
        assertThat(JobFile.read("f", "\uFEFF---\r\nname: x\r\n---\r\nINSERT INTO a\r\nSELECT 1")
                        .spec())
                .isEqualTo(new JobSpec("INSERT INTO a\r\nSELECT 1", null, null, null, null, null, null));
    }

    @Test
    void namesLineAndColumnOfEachMistake() {
        assertThat(problems("""
                ---
                name:
                Mode: batch
                mode: bacht
                parallelism: 0
                parallelism: 2
                checkpoint: often
                table.exec.x: 1
                settings: yes
                  a: 1
                  a: 2
                what is this
                  b: 3
                target: local
                  c: 3
                INSERT INTO x
                ---
                SELECT 1
                """))
                .containsExactly(
                        "f:2:6: the key 'name' has no value",
                        "f:3:1: unknown key 'Mode' (did you mean 'mode'?)",
                        "f:6:1: the key 'parallelism' is there twice",
                        "f:8:1: unknown key 'table.exec.x' (options of Flink stand below settings:, indented)",
                        "f:9:11: the settings stand on lines of their own below it, indented",
                        "f:11:3: the setting 'a' is there twice",
                        "f:12:1: this is not a line of the form key: value",
                        "f:15:3: only the lines below settings: are indented",
                        "f:16:1: this is not a line of the form key: value (is the line --- missing before the SQL?)",
                        "f:4:7: mode is streaming or batch, not 'bacht' (did you mean 'batch'?)",
                        "f:5:14: parallelism is a number from 1 to 32768, not '0'",
                        "f:7:13: checkpoint is the time between checkpoints, not 'often'"
                                + " (write it like 30 s, 5 min or PT30S)");
    }

    @Test
    void wantsANameSomeSqlAndAnEndOfTheFrontMatter() {
        assertThat(problems("---\nmode: batch\n---\n"))
                .containsExactly(
                        "f:1: the key 'name' is missing (add a line name: my-job)",
                        "f:4: there is no SQL below the front matter");
        assertThat(problems("---\nname: x\nINSERT"))
                .contains("f:1: the front matter is never closed (put a line --- between it and the SQL)");
        assertThat(problems("")).singleElement().asString().startsWith("f:1: the file has no front matter");
    }

    @Test
    void doesNotGoOnAndOnAboutOneFile() {
        assertThat(problems("---\n" + "nonsense\n".repeat(100_000))).hasSize(50);
    }

    private static List<String> problems(String content) {
        InvalidFilesException invalid =
                catchThrowableOfType(InvalidFilesException.class, () -> JobFile.read("f", content));
        return invalid.problems().stream().map(SourceProblem::toString).toList();
    }
}
