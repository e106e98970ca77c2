package io.millrace.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.problem.Problem;
import io.millrace.api.problem.ProblemDetail;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.List;

class FailuresTest {
    private static final String NO_CLASS = "'a b' is not the name of a class.";
    private static final String LOADER = "Write it as Java's class loader does.";

    @Test
    void saysOnceWhatTheSentenceSaysOfTheOnlyFlaw() {
        String sentence = "Function 'kafka.main.host': " + NO_CLASS + " " + LOADER;

        assertThat(lines(sentence, flaw("/className", NO_CLASS, LOADER))).containsExactly(sentence);
        assertThat(lines(NO_CLASS, flaw("/className", NO_CLASS, LOADER))).containsExactly(NO_CLASS, "  " + LOADER);
    }

    @Test
    void saysOfSeveralFlawsThoseThatTheSentenceLeavesOut() {
        String sentence = "Table 't': Column 'a' is there twice. (and 1 more)";

        assertThat(lines(
                        sentence,
                        flaw("/columns/1", "Column 'a' is there twice.", null),
                        flaw("/options/topic", "It is missing.", "Name one.")))
                .containsExactly(sentence, "  /options/topic: It is missing. (Name one.)");
    }

    @Test
    void saysOfSeveralFlawsOfAWordWhereTheyAre() {
        assertThat(lines("2 fields are missing.", flaw("/a", "missing", null), flaw("/b", "missing", null)))
                .containsExactly("2 fields are missing.", "  /a: missing", "  /b: missing");
    }

    private static List<String> lines(String sentence, ProblemDetail... flaws) {
        return Failures.lines(new Problem("/problems/x", "Title", 422, sentence, null, "X", null, List.of(flaws)));
    }

    private static ProblemDetail flaw(String pointer, String detail, @Nullable String hint) {
        return new ProblemDetail(pointer, detail, null, null, null, null, hint);
    }
}
