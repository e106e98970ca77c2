package io.millrace.flink.gateway.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

class NearestTest {
    @Test
    void findsTheWordThatWasMeant() {
        assertThat(Nearest.to("amout", List.of("id", "amount", "about_us"))).contains("amount");
        assertThat(Nearest.to("FORM", List.of("FOR", "FROM"))).contains("FOR");
        assertThat(Nearest.to("Orders", List.of("orders"))).contains("orders");
    }

    @Test
    void offersNothingThatIsFarOff() {
        assertThat(Nearest.to("amount", List.of("id", "kind"))).isEmpty();
        assertThat(Nearest.to("id", List.of("ts"))).isEmpty();
        assertThat(Nearest.to("same", List.of("same"))).isEmpty();
    }

    @Test
    void countsSwappedLettersOnce() {
        assertThat(Nearest.distance("form", "from")).isEqualTo(1);
        assertThat(Nearest.distance("", "abc")).isEqualTo(3);
    }
}
