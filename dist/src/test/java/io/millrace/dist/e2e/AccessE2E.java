package io.millrace.dist.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dist.e2e.Millrace.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Who gets in at the assembled stack, and what is written down of it. */
@ExtendWith(SharedStack.class)
class AccessE2E {
    private final Millrace millrace;

    AccessE2E(Millrace millrace) {
        this.millrace = millrace;
    }

    @Test
    void whatAUserDoesIsWrittenDownUntilItsTokenIsRevoked() throws Exception {
        assertThat(ok("access", "whoami").out()).startsWith("local, an administrator");
        ok("access", "users", "create", "carol", "--admin");
        String token =
                ok("access", "tokens", "create", "ci", "--user", "carol").out().strip();

        Millrace carol = new Millrace(millrace.home()).with("MILLRACE_TOKEN", token);
        Answer made = carol.run(
                "sql", "-e", "CREATE TABLE kafka.main.of_carol (id INT) WITH ('topic' = 'carol', 'format' = 'json')");
        assertThat(made.exit()).as(made.err()).isZero();
        assertThat(ok("catalog", "history", "kafka.main.of_carol").out()).contains("carol");
        assertThat(ok("access", "activity", "--by", "carol", "--action", "sql.run")
                        .out())
                .contains("OK");

        String id = ok("access", "tokens", "list", "--user", "carol", "-o", "json")
                .json()
                .at("/0/id")
                .textValue();
        ok("access", "tokens", "revoke", id, "--user", "carol");
        Answer refused = carol.run("sql", "-e", "DROP TABLE kafka.main.of_carol");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains("Sign in first");
        assertThat(ok("catalog", "show", "kafka.main.of_carol").out()).contains("id");
        ok("sql", "-e", "DROP TABLE kafka.main.of_carol");
        ok("access", "users", "delete", "carol");

        assertThat(filesWith(token)).isEmpty();
        assertThat(millrace.commandLines().filter(line -> line.contains(token))).isEmpty();
    }

    /** Where a secret that was told once can be read. */
    private List<Path> filesWith(String secret) throws IOException {
        try (Stream<Path> files = Files.walk(millrace.home())) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> holds(file, secret))
                    .toList();
        }
    }

    private static boolean holds(Path file, String secret) {
        try {
            return new String(Files.readAllBytes(file), ISO_8859_1).contains(secret);
        } catch (IOException gone) {
            return false;
        }
    }

    private Answer ok(String... arguments) throws IOException, InterruptedException {
        Answer answer = millrace.run(arguments);
        assertThat(answer.exit())
                .as("%s: %s", String.join(" ", arguments), answer.err())
                .isZero();
        return answer;
    }
}
