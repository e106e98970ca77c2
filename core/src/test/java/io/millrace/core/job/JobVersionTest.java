package io.millrace.core.job;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class JobVersionTest {
    @Test
    void aMessageIsBoundedText() {
        JobVersion.checkMessage("x".repeat(1_000));
        JobVersion.checkMessage("Läuft\n\tbesser.");

        assertThatThrownBy(() -> JobVersion.checkMessage("x".repeat(1_001))).hasMessageContaining("1001 characters");
        assertThatThrownBy(() -> JobVersion.checkMessage("a\0b")).hasMessageContaining("control characters");
    }
}
