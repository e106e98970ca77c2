package io.millrace.core.git;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Arrays;

class PullStateTest {
    @ParameterizedTest
    @EnumSource
    void onlyWhatRunsEndsAndItEndsOnce(PullState state) {
        assertThat(Arrays.stream(PullState.values()).filter(state::canBecome))
                .hasSize(state == PullState.RUNNING ? PullState.values().length - 1 : 0)
                .doesNotContain(PullState.RUNNING);
    }
}
