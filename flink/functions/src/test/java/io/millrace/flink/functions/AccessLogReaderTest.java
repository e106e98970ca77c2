package io.millrace.flink.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.Random;

class AccessLogReaderTest {
    private static final String GOOD =
            "192.0.2.7 - - [17/May/2015:10:05:03 +0200] \"GET /a/b.html?x=1?y HTTP/1.1\" 200 512"
                    + " \"http://example.org/\" \"Agent/1.0\"";

    @Test
    void readsEveryField() throws RefusedLine {
        assertThat(AccessLogReader.read(GOOD))
                .isEqualTo(new AccessLogEntry(
                        Instant.parse("2015-05-17T08:05:03Z"),
                        "192.0.2.7",
                        null,
                        "GET",
                        "/a/b.html",
                        "x=1?y",
                        "HTTP/1.1",
                        200,
                        512,
                        "http://example.org/",
                        "Agent/1.0"));
    }

    @Test
    void readsDashesAsAbsentAndNoBytesAsNone() throws RefusedLine {
        AccessLogEntry entry = AccessLogReader.read(
                "2001:db8::7 - - [01/Jan/2024:00:00:00 -0930] \"HEAD / HTTP/2\" 304 - \"-\" \"-\"\r");

        assertThat(entry)
                .isEqualTo(new AccessLogEntry(
                        Instant.parse("2024-01-01T09:30:00Z"),
                        "2001:db8::7",
                        null,
                        "HEAD",
                        "/",
                        null,
                        "HTTP/2",
                        304,
                        0,
                        null,
                        null));
    }

    @Test
    void readsQuotesInsideFieldsWhetherEscapedOrNot() throws RefusedLine {
        AccessLogEntry entry = AccessLogReader.read(
                "h.example - jo ann [01/Jan/2024:00:00:00 +0000] \"GET /say/\\\"hi\\\"/\"raw\" there HTTP/1.0\" 200 1"
                        + " \"http://x/?q=\\\"a\\\\b\\\" \"c\"\" \"The \\\"Best\\\" \"Agent\" ever\"");

        assertThat(entry.user()).isEqualTo("jo ann");
        assertThat(entry.path()).isEqualTo("/say/\"hi\"/\"raw\" there");
        assertThat(entry.referrer()).isEqualTo("http://x/?q=\"a\\b\" \"c\"");
        assertThat(entry.userAgent()).isEqualTo("The \"Best\" \"Agent\" ever");
    }

    @Test
    void keepsEmptyFieldsApartFromAbsentOnes() throws RefusedLine {
        AccessLogEntry entry =
                AccessLogReader.read("h - - [01/Jan/2024:00:00:00 +0000] \"GET /? HTTP/1.1\" 200 1 \"\" \"\"");

        assertThat(entry.query()).isEmpty();
        assertThat(entry.referrer()).isEmpty();
        assertThat(entry.userAgent()).isEmpty();
    }

    @Test
    void leavesEscapedBytesAsTheyAre() throws RefusedLine {
        AccessLogEntry entry = AccessLogReader.read(
                "h - - [01/Jan/2024:00:00:00 +0000] \"GET /%zz\\xe4 HTTP/1.1\" 200 1 \"http://\\xe4/\" \"a\"");

        assertThat(entry.path()).isEqualTo("/%zz\\xe4");
        assertThat(entry.referrer()).isEqualTo("http://\\xe4/");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "EMPTY ~ ` `",
                "EMPTY ~ `\r`",
                "CONTROL_CHARACTER ~ `a\0b`",
                "NO_CLIENT ~ `hello`",
                "NO_CLIENT ~ `hello world, what a nice day`",
                "NO_CLIENT ~ `h - [01/Jan/2024:00:00:00 +0000] \"GET / HTTP/1.1\" 200 1 \"-\" \"-\"`",
                "BAD_TIME ~ `h - - [01/Foo/2024:00:00:00 +0000] \"GET / HTTP/1.1\" 200 1 \"-\" \"-\"`",
                "BAD_TIME ~ `h - - [30/Feb/2024:00:00:00 +0000] \"GET / HTTP/1.1\" 200 1 \"-\" \"-\"`",
                "BAD_TIME ~ `h - - [01/Jan/2024:25:00:00 +0000] \"GET / HTTP/1.1\" 200 1 \"-\" \"-\"`",
                "BAD_TIME ~ `h - - [01/Jan/2024:00:00:00] \"GET / HTTP/1.1\" 200 1 \"-\" \"-\"`",
                "NO_REQUEST ~ `h - - [01/Jan/2024:00:00:00 +0000] GET / HTTP/1.1 200 1`",
                "NO_REQUEST ~ `h - - [01/Jan/2024:00:00:00 +0000] \"GET / HTTP/1.1`",
                "BAD_REQUEST ~ `h - - [01/Jan/2024:00:00:00 +0000] \"-\" 408 - \"-\" \"-\"`",
                "BAD_REQUEST ~ `h - - [01/Jan/2024:00:00:00 +0000] \"GET /\" 200 1 \"-\" \"-\"`",
                "BAD_REQUEST ~ `h - - [01/Jan/2024:00:00:00 +0000] \"\\x16\\x03 \\x01 HTTP/1.1\" 400 1 \"-\" \"-\"`",
                "BAD_REQUEST ~ `h - - [01/Jan/2024:00:00:00 +0000] \"GET  HTTP/1.1\" 400 1 \"-\" \"-\"`",
                "BAD_STATUS ~ `h - - [01/Jan/2024:00:00:00 +0000] \"GET / HTTP/1.1\" 20 1 \"-\" \"-\"`",
                "BAD_STATUS ~ `h - - [01/Jan/2024:00:00:00 +0000] \"GET / HTTP/1.1\" - 1 \"-\" \"-\"`",
                "BAD_SIZE ~ `h - - [01/Jan/2024:00:00:00 +0000] \"GET / HTTP/1.1\" 200 1e3 \"-\" \"-\"`",
                "BAD_SIZE ~ `h - - [01/Jan/2024:00:00:00 +0000] \"GET / HTTP/1.1\" 200 1`",
                "NO_REFERRER ~ `h - - [01/Jan/2024:00:00:00 +0000] \"GET / HTTP/1.1\" 200 1 `",
                "NO_USER_AGENT ~ `h - - [01/Jan/2024:00:00:00 +0000] \"GET / HTTP/1.1\" 200 1 \"-\"`",
                "NO_USER_AGENT ~ `h - - [01/Jan/2024:00:00:00 +0000] \"GET / HTTP/1.1\" 200 1 \"-\" \"Mozilla/5.0 (comp`",
                "NO_USER_AGENT ~ `h - - [01/Jan/2024:00:00:00 +0000] \"GET / HTTP/1.1\" 200 1 \"-\" \"a\" \"b\"`",
                "NO_USER_AGENT ~ `h - - [01/Jan/2024:00:00:00 +0000] \"GET / HTTP/1.1\" 200 1 \"-\" \"a\\\"`",
            })
    void refusesWhatIsDamaged(Refusal refusal, String line) {
        assertThatThrownBy(() -> AccessLogReader.read(line))
                .isInstanceOfSatisfying(
                        RefusedLine.class, e -> assertThat(e.refusal()).isEqualTo(refusal));
    }

    @Test
    void refusesTwoLinesInOne() {
        assertThatThrownBy(() -> AccessLogReader.read(GOOD + GOOD)).isInstanceOf(RefusedLine.class);
    }

    @Test
    void refusesALineThatWasCutAnywhere() {
        for (int length = 0; length < GOOD.length(); length++) {
            String cut = GOOD.substring(0, length);

            assertThatThrownBy(() -> AccessLogReader.read(cut)).as(cut).isInstanceOf(RefusedLine.class);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void neverFailsInAnyOtherWay(long seed) {
        var random = new Random(seed);
        String alphabet = "\"\\[]- :/?.\r\n\0\t1aG\u00e4\ud83d";
        for (int round = 0; round < 20_000; round++) {
            var line = new StringBuilder(GOOD);
            for (int change = random.nextInt(8); change >= 0; change--) {
                int at = random.nextInt(line.length());
                line.replace(at, at + random.nextInt(2), "" + alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                assertThat(AccessLogReader.read(line.toString()).status()).isBetween(100, 999);
            } catch (RefusedLine e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        }
    }
}
