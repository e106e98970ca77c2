package io.millrace.testkit;

import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Random cases from a seed. A failure names the seed of its case: {@link #one} with that seed repeats it alone.
 *
 * <p>{@code -Dmillrace.cases=N} asks for N cases wherever a test asked for fewer.
 */
public final class Cases {
    private static final long NEXT = 0x9E3779B97F4A7C15L;

    private Cases() {}

    /** Tries {@code property} on {@code count} values that {@code generator} makes. */
    public static <T> void forAll(long seed, int count, Function<Random, T> generator, Consumer<T> property) {
        long each = seed;
        for (int i = 0; i < Math.max(count, Integer.getInteger("millrace.cases", 0)); i++, each += NEXT) {
            one(each, generator, property);
        }
    }

    /** Tries the one case of {@code seed}. */
    public static <T> void one(long seed, Function<Random, T> generator, Consumer<T> property) {
        T value = generator.apply(new Random(seed));
        try {
            property.accept(value);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + "L, case " + value + ": " + e.getMessage(), e);
        }
    }
}
