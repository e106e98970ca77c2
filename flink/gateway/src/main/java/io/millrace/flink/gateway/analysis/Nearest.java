package io.millrace.flink.gateway.analysis;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that was meant, by the number of letters to change, add, leave out or swap. */
final class Nearest {
    private Nearest() {}

    /** The nearest of the names, if it is near: a third of the letters may differ, at least one. */
    static Optional<String> to(String word, Collection<String> names) {
        int nearest = Math.max(1, word.length() / 3) + 1;
        String found = null;
        for (String name : names) {
            if (name.equals(word)) {
                continue;
            }
            int distance = distance(word.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
            if (distance < nearest) {
                nearest = distance;
                found = name;
            }
        }
        return Optional.ofNullable(found);
    }

    static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                d[i][j] = i == 0 || j == 0 ? i + j : cheapest(a, b, i, j, d);
            }
        }
        return d[a.length()][b.length()];
    }

    private static int cheapest(String a, String b, int i, int j, int[][] d) {
        int change = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(change, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, d[i - 2][j - 2] + 1) : best;
    }
}
