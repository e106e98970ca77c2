package io.millrace.core.error;

import java.text.Normalizer;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody may have meant, for hints. */
public final class Nearest {
    private Nearest() {}

    /** The candidate that differs least from {@code word}, if it is near enough to be a slip of the keyboard. */
    public static Optional<String> to(String word, Collection<String> candidates) {
        String plain = plain(word);
        int limit = Math.max(2, plain.length() / 4);
        return candidates.stream()
                .min(Comparator.comparingInt((String each) -> distance(plain, plain(each)))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(best -> distance(plain, plain(best)) <= limit);
    }

    /** What two spellings have in common that differ in case, width and what cannot be seen. */
    private static String plain(String word) {
        return Normalizer.normalize(word, Normalizer.Form.NFKC)
                .replaceAll("[\\p{Z}\\p{C}]", "")
                .toLowerCase(Locale.ROOT);
    }

    private static int distance(String one, String other) {
        int[] previous = new int[other.length() + 1];
        for (int j = 0; j < previous.length; j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] current = new int[other.length() + 1];
            current[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                current[j] = Math.min(Math.min(current[j - 1], previous[j]) + 1, previous[j - 1] + change);
            }
            previous = current;
        }
        return previous[other.length()];
    }
}
