package io.millrace.dist.drill;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Holds what came out against what went in. Records of one key are numbered from 1 without a gap, so loss, repetition
 * and wrong order show by the numbers alone, and one loss never hides behind one repetition.
 */
final class SequenceChecker {
    private final Map<String, BitSet> seen = new HashMap<>();
    private long records;
    private long twice;
    private long late;
    private long damaged;

    /** What was found. */
    record Report(long sent, long lost, long twice, long outOfOrder, long damaged) {
        boolean clean() {
            return lost == 0 && twice == 0 && outOfOrder == 0 && damaged == 0;
        }

        @Override
        public String toString() {
            return sent + " records: " + lost + " lost, " + twice + " twice, " + outOfOrder + " out of order, "
                    + damaged + " damaged";
        }
    }

    /** The next record; {@code intact} when its content is as it was sent. */
    void see(String key, long number, boolean intact) {
        BitSet ofKey = seen.computeIfAbsent(key, first -> new BitSet());
        int bit = Math.toIntExact(number);
        records++;
        damaged += intact ? 0 : 1;
        if (ofKey.get(bit)) {
            twice++;
        } else if (bit < ofKey.length()) {
            late++;
        }
        ofKey.set(bit);
    }

    long records() {
        return records;
    }

    /** Whether the last record of each key has come. */
    boolean reached(Map<String, Long> sent) {
        return sent.entrySet().stream()
                .allMatch(key -> seen.getOrDefault(key.getKey(), new BitSet()).get(Math.toIntExact(key.getValue())));
    }

    /** {@code sent} is how many records of each key there should be. */
    Report against(Map<String, Long> sent) {
        long all = sent.values().stream().mapToLong(Long::longValue).sum();
        long lost = sent.entrySet().stream()
                .mapToLong(key -> key.getValue()
                        - seen.getOrDefault(key.getKey(), new BitSet())
                                .get(1, Math.toIntExact(key.getValue()) + 1)
                                .cardinality())
                .sum();
        return new Report(all, lost, twice, late, damaged);
    }
}
