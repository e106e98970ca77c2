package io.millrace.core.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.UUID;

class FlinkJobIdTest {
    @Test
    void isKnownByItsTagAndItsJob() {
        UUID job = UUID.fromString("00000000-0000-0000-0000-000000000001");

        FlinkJobId id = FlinkJobId.of(0x0a9f0a9f, job, 17);

        assertThat(new FlinkJobId(id.value())).isEqualTo(id);
        assertThat(id.hasTag(0x0a9f0a9f)).isTrue();
        assertThat(id.hasTag(0x0a9f0a9e)).isFalse();
        assertThat(FlinkJobId.isOf(id.value(), job)).isTrue();
        assertThat(FlinkJobId.isOf(id.value() + "0", job)).isFalse();
        assertThat(FlinkJobId.isOf(id.value(), new UUID(0, 2))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0123456789abcdef0123456789abcde",
                "0123456789abcdef0123456789abcdef0",
                "0123456789abcdef0123456789abcdeg",
                "0123456789ABCDEF0123456789ABCDEF",
                "0123456789abcdef 123456789abcdef",
                "0123456789abcdef/123456789abcdef",
                "0123456789abcdef:123456789abcdef",
                "0123456789abcdef`123456789abcdef"
            })
    void isThirtyTwoSmallHexadecimalDigits(String text) {
        assertThatThrownBy(() -> new FlinkJobId(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
