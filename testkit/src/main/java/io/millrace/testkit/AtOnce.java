package io.millrace.testkit;

import org.junit.jupiter.api.DynamicTest;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Cases that spend their time waiting and have nothing to do with each other. All begin at once, each in a thread of its
 * own, and each is a test of its own, so that the wait is that of the longest and a failure has a name.
 */
public final class AtOnce {
    private AtOnce() {}

    /** One case. */
    @FunctionalInterface
    public interface Case<T> {
        void run(T input) throws Exception;
    }

    /** What a {@code @TestFactory} returns: a case for each input, which has begun and has to end within the limit. */
    public static <T> List<DynamicTest> forEach(List<T> inputs, Duration limit, Case<T> test) {
        return inputs.stream().map(input -> started(input, limit, test)).toList();
    }

    private static <T> DynamicTest started(T input, Duration limit, Case<T> test) {
        String name = String.valueOf(input);
        FutureTask<Void> running = new FutureTask<>(() -> {
            test.run(input);
            return null;
        });
        Thread thread = new Thread(running, name);
        thread.setDaemon(true);
        thread.start();
        return DynamicTest.dynamicTest(name, () -> await(running, limit));
    }

    private static void await(FutureTask<Void> running, Duration limit) throws Throwable {
        try {
            running.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause();
        } catch (TimeoutException e) {
            running.cancel(true);
            throw new AssertionError("did not end within " + limit, e);
        }
    }
}
