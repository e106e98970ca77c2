package io.millrace.dist.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessTableTest {
    private static final String REST = " 1 7 7 0 -1 4194304 100 0 0 0 5 3 0 0 20 0 1 0 4711 8192 100";

    @Test
    void readsTheStartTime() {
        assertThat(ProcessTable.parse(7, "7 (java) S" + REST)).contains(new ProcessId(7, 4711));
    }

    @Test
    void isNotMisledByAProgramWhoseNameLooksLikeFields() {
        assertThat(ProcessTable.parse(7, "7 (a) Z 1 (b)) R" + REST)).contains(new ProcessId(7, 4711));
    }

    @Test
    void countsAZombieAsGone() {
        assertThat(ProcessTable.parse(7, "7 (java) Z" + REST)).isEmpty();
    }

    @Test
    void countsAProcessThatIsStillEndingAsThere() {
        String ending = REST.replace(" 20 0 1 0 4711", " 20 0 12 0 4711");

        assertThat(ProcessTable.parse(7, "7 (java) Z" + ending)).contains(new ProcessId(7, 4711));
    }

    @Test
    void countsWhatItCannotReadAsGone() {
        assertThat(ProcessTable.parse(7, "7 (java) S 1")).isEmpty();
    }
}
