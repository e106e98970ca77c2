package io.millrace.server.access;

import static io.millrace.testkit.TestClock.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.core.access.Activity;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How much strangers can have written down. */
class StrangersTest {
    private final Strangers strangers = new Strangers();
    private final List<Activity> written = new ArrayList<>();

    private void call(String from, Duration later, int times) {
        for (int i = 0; i < times; i++) {
            written.addAll(strangers.called(
                    new Activity(0, NOON.plus(later), "", "user.list", "/users", "NOT_SIGNED_IN", from, "r")));
        }
    }

    @Test
    void writesDownAFewAndCountsTheRest() {
        call("10.0.0.1", Duration.ZERO, 1_000);
        call("10.0.0.2", Duration.ofSeconds(59), 2);
        assertThat(written).hasSize(Strangers.IN_FULL + 2);
        written.clear();

        call("10.0.0.1", Duration.ofSeconds(61), 1);

        assertThat(written)
                .extracting(Activity::action, Activity::object, Activity::from, Activity::at)
                .containsExactly(
                        tuple("stranger.more", "940 calls", "10.0.0.1", NOON.plusSeconds(60)),
                        tuple("user.list", "/users", "10.0.0.1", NOON.plusSeconds(61)));
        assertThat(strangers.over(NOON.plusSeconds(200))).isEmpty();
    }

    @Test
    void isBoundForAnyNumberOfAddresses() {
        for (int i = 0; i < 5_000; i++) {
            call("10.0." + i / 256 + "." + i % 256, Duration.ZERO, 3);
        }
        assertThat(written).hasSize(Strangers.ADDRESSES * 3);

        assertThat(strangers.over(NOON.plusSeconds(60)))
                .extracting(Activity::object, Activity::from)
                .containsExactly(tuple((5_000 - Strangers.ADDRESSES) * 3 + " calls", ""));
    }

    @Test
    void tellsWhatIsCountedWhenAskedToFinish() {
        call("10.0.0.1", Duration.ZERO, 61);

        assertThat(strangers.counts(NOON)).extracting(Activity::object).containsExactly("1 calls");
        assertThat(strangers.counts(NOON)).isEmpty();
    }
}
