package io.millrace.server.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;

class RedactorTest {
    private static final String SECRET = "Hunter2$(x)";
    private final Redactor redactor = new Redactor(() -> Set.of(SECRET, "abc"));

    @Test
    void knowsAValueInEveryForm() {
        byte[] bytes = SECRET.getBytes(UTF_8);
        String text = "at " + SECRET + ", " + HexFormat.of().formatHex(bytes) + " and "
                + Base64.getEncoder().encodeToString(bytes) + ".";

        assertThat(redactor.redact(text))
                .startsWith("at ***, *** and ***")
                .doesNotContain(SECRET, HexFormat.of().formatHex(bytes));
        assertThat(redactor.redact("abc is too short to be looked for")).startsWith("abc");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "url=jdbc:x?user=a&password=other1",
                "'password' = 'other1'",
                "{\"s3.secret-key\": \"other1\"}",
                "sasl.jaas.config=other1",
                "pwd:other1;x",
                "jdbc:mysql://user:other1@host/db",
                "fs.azure.account.key.x = other1"
            })
    void knowsTheNamesOfSecrets(String text) {
        assertThat(redactor.redact(text)).doesNotContain("other1").contains("***");
    }

    @Test
    void leavesOtherTextAlone() {
        String text =
                "JsonParseException: Unrecognized token 'this': was expecting (JSON String) at line: 1, column: 6";

        assertThat(redactor.redact(text)).isEqualTo(text);
    }
}
