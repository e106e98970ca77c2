package io.millrace.cli.job;

import io.millrace.api.job.SnapshotPhase;
import io.millrace.api.job.SnapshotView;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is said about a snapshot to people. */
final class SnapshotTexts {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
    private static final int STEP = 1024;

    private SnapshotTexts() {}

    static String size(@Nullable Long bytes) {
        if (bytes == null) {
            return "";
        }
        double size = bytes;
        int unit = 0;
        while (size >= STEP && unit < UNITS.length - 1) {
            size /= STEP;
            unit++;
        }
        return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", size, UNITS[unit]);
    }

    static String references(SnapshotView snapshot) {
        String all = snapshot.references().stream().map(Enum::name).collect(Collectors.joining(", "));
        return snapshot.pinned() ? "PINNED" + (all.isEmpty() ? "" : ", " + all) : all;
    }

    /** Whether a job can begin with it. */
    static String restorable(SnapshotView snapshot) {
        return snapshot.phase() == SnapshotPhase.AVAILABLE
                ? snapshot.restorable() ? "yes" : "NO"
                : snapshot.phase().name();
    }

    /** A snapshot in lines of {@code key value}. */
    static List<String> describe(SnapshotView snapshot, Clock clock) {
        List<String> lines = new ArrayList<>();
        line(lines, "id", snapshot.id());
        line(lines, "job", snapshot.workspace() + "." + snapshot.job());
        line(lines, "version", snapshot.version());
        line(lines, "attempt", snapshot.attempt() == 0 ? "none, imported" : snapshot.attempt());
        line(lines, "origin", snapshot.origin());
        line(lines, "phase", snapshot.phase());
        line(lines, "path", snapshot.path());
        line(
                lines,
                "size",
                snapshot.bytes() == null ? null : size(snapshot.bytes()) + " in " + snapshot.files() + " files");
        line(lines, "taken", JobTexts.age(snapshot.createdAt(), clock) + " ago, " + snapshot.createdAt());
        line(lines, "restorable", snapshot.restorable() ? "yes" : "no. " + snapshot.problem());
        line(lines, "pinned", snapshot.pinned() ? "yes" : "no");
        line(lines, "must stay for", snapshot.references().isEmpty() ? "nothing" : references(snapshot));
        line(lines, "target", snapshot.target());
        return lines;
    }

    private static void line(List<String> lines, String key, @Nullable Object value) {
        if (value != null) {
            lines.add(String.format("%-14s %s", key, value));
        }
    }
}
