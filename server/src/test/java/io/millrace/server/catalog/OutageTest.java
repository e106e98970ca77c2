package io.millrace.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.catalog.CatalogName;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.millrace.testkit.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

class OutageTest {
    private final TestClock clock = new TestClock();
    private final Outage outage = new Outage(new CatalogName("crm"), clock);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void failsFastWhenTooManyCallsWait() throws InterruptedException {
        CountDownLatch entered = new CountDownLatch(Outage.CALLS);
        CountDownLatch answer = new CountDownLatch(1);
        List<CompletableFuture<String>> calls = new ArrayList<>();
        for (int i = 0; i < Outage.CALLS; i++) {
            calls.add(CompletableFuture.supplyAsync(() -> outage.watch(() -> waiting(entered, answer)), threads));
        }
        entered.await();
        clock.advance(Duration.ofMinutes(1));

        assertThatThrownBy(() -> outage.watch(() -> "one more"))
                .hasMessage("The store behind catalog 'crm' is slow: 16 calls wait for it."
                        + " It has not answered since 2026-06-01T12:00:00Z.");
        assertThat(outage.current().orElseThrow().since()).isEqualTo(TestClock.NOON);

        answer.countDown();
        assertThat(calls).allMatch(call -> call.join().equals("done"));
        assertThat(outage.watch(() -> "one more")).isEqualTo("one more");
        assertThat(outage.current()).isEmpty();
    }

    @Test
    void triesAStoreThatDoesNotAnswerWithOneCallAtATime() throws InterruptedException {
        assertThatThrownBy(() -> outage.watch(this::vain))
                .hasMessage("Nobody there. It has not answered since 2026-06-01T12:00:00Z.");
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        var trial = CompletableFuture.supplyAsync(() -> outage.watch(() -> waiting(entered, answer)), threads);
        entered.await();

        assertThatThrownBy(() -> outage.watch(() -> "another")).isInstanceOf(MillraceException.class);

        answer.countDown();
        assertThat(trial.join()).isEqualTo("done");
        assertThat(outage.watch(() -> "another")).isEqualTo("another");
    }

    @Test
    void restsAfterACallThatTookLongInVain() {
        assertThatThrownBy(() -> outage.watch(() -> {
                    clock.advance(Duration.ofSeconds(8));
                    return vain();
                }))
                .hasMessage("Nobody there. It has not answered since 2026-06-01T12:00:08Z.");

        assertThatThrownBy(() -> outage.watch(() -> "too early"))
                .hasMessage("Nobody there. It has not answered since 2026-06-01T12:00:08Z.");
        clock.advance(Duration.ofSeconds(2));
        assertThat(outage.watch(() -> "again")).isEqualTo("again");
    }

    @Test
    void isNoOutageIfTheStoreAnsweredOthersMeanwhile() {
        assertThatThrownBy(() -> outage.watch(() -> {
                    clock.advance(Duration.ofSeconds(1));
                    outage.watch(() -> "another call");
                    return vain();
                }))
                .hasMessage("Nobody there.");

        assertThat(outage.current()).isEmpty();
    }

    private String vain() {
        throw new MillraceException(ErrorCode.STORE_UNAVAILABLE, "Nobody there.");
    }

    private static String waiting(CountDownLatch entered, CountDownLatch answer) {
        entered.countDown();
        try {
            answer.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return "done";
    }
}
