package io.millrace.flink.catalog;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * For whom this thread asks the metastore: a capability that the server made. Without one, the metastore has nothing for
 * it.
 */
public final class Acting {
    private static final ThreadLocal<@Nullable String> CURRENT = new ThreadLocal<>();

    private Acting() {}

    /** Runs {@code work} for whom the capability stands; for nobody without one. */
    public static <T> T with(@Nullable String capability, Supplier<T> work) {
        String before = CURRENT.get();
        CURRENT.set(capability);
        try {
            return work.get();
        } finally {
            if (before == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(before);
            }
        }
    }

    /** The capability at hand. */
    public static Optional<String> current() {
        return Optional.ofNullable(CURRENT.get());
    }
}
