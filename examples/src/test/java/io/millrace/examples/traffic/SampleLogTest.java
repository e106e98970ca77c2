package io.millrace.examples.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

class SampleLogTest {
    private static final Pattern WHOLE = Pattern.compile(
            "[0-9a-f.:]+ - - \\[\\d\\d/Mar/2026:[0-9:]{8} \\+0100] \"[A-Z]+ \\S+ HTTP/1\\.1\" \\d{3} (\\d+|-) \"[^\"]*(\\\\\"[^\"]*)*\""
                    + " \"[^\"]*(\\\\\"[^\"]*)*\"");

    private static final byte[] LOG = SampleLog.bytes();
    private static final List<String> LINES =
            Arrays.asList(new String(LOG, StandardCharsets.ISO_8859_1).split("\n", -1));

    @Test
    void isTheSameEachTime() throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(LOG);

        assertThat(HexFormat.of().formatHex(digest))
                .as("a change of the sample changes what the documentation shows")
                .isEqualTo("f44db73ef14c78a378be13f7f87bf549a56bb197a4980e1d5a5351fb0fb6298c");
    }

    @Test
    void hasTheLinesItPromisesAndEndsWithALineFeed() {
        assertThat(LINES).hasSize(SampleLog.LINES + 1);
        assertThat(LINES.get(SampleLog.LINES)).isEmpty();
    }

    @Test
    void isMostlyWholeButNotAltogether() {
        long whole =
                LINES.stream().filter(line -> WHOLE.matcher(line).matches()).count();

        assertThat(SampleLog.LINES - whole).isBetween(10L, 30L);
    }

    @Test
    void holdsWhatRealLogsHold() {
        assertThat(LINES)
                .anyMatch(line -> line.contains("\\\""))
                .anyMatch(line -> line.contains("utm_campaign"))
                .anyMatch(line -> line.contains("bot"))
                .anyMatch(line -> line.startsWith("2001:db8:"))
                .anyMatch(line -> line.contains(".JPG HTTP"));
    }

    @Test
    void isSlightlyOutOfOrder() {
        List<String> times = LINES.stream()
                .filter(line -> WHOLE.matcher(line).matches())
                .map(line -> line.substring(line.indexOf('[') + 1, line.indexOf(']')))
                .toList();
        long backwards = 0;
        for (int i = 1; i < times.size(); i++) {
            backwards += times.get(i).compareTo(times.get(i - 1)) < 0 ? 1 : 0;
        }

        assertThat(backwards).isBetween(100L, 3_000L);
    }
}
