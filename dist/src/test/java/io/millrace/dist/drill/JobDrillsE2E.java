package io.millrace.dist.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dist.drill.Outcome.Verdict;
import io.millrace.dist.drill.Trial.Options;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;

/** The short selection of drills that runs with all tests; {@code ./millrace drill} runs all of them. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class JobDrillsE2E {
    private static final Options SHORT = new Options(Options.SEED, 2, false);

    @TempDir
    static Path folder;

    private static DrillRunner runner;

    @BeforeAll
    static void begin() {
        runner = new DrillRunner(folder, what -> {});
    }

    @AfterAll
    static void end() throws IOException {
        runner.close();
    }

    @ParameterizedTest
    @Order(1)
    @ValueSource(strings = {"F01", "F02", "F04", "F14", "F15"})
    void nothingIsLostOrDoubled(String drill) throws Exception {
        passes(drill, SHORT);
    }

    /** Two jobs of one name are seen, so their absence means something. Last, because it leaves them there. */
    @Test
    @Order(2)
    void aDrillFailsWhenAJobRunsTwice() throws Exception {
        passes("F04", SHORT.asControl());
    }

    private static void passes(String drill, Options options) throws IOException, InterruptedException {
        Outcome outcome = runner.run(Drills.find(drill).orElseThrow(), options);
        if (outcome.verdict() == Verdict.FAILED) {
            throw new AssertionError(
                    outcome + "; again: " + DrillRunner.command(outcome.drill(), options),
                    outcome.cause().orElse(null));
        }
        assertThat(outcome.verdict()).as(outcome.reason()).isEqualTo(Verdict.PASSED);
    }
}
