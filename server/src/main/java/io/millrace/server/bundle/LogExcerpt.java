package io.millrace.server.bundle;

import io.millrace.core.target.FlinkJobId;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The part of a Flink log that is about one job. On a session cluster a log is about many jobs, of which the reader may
 * not know: entries that name the job are its own, and warnings and errors that name no job are everybody's.
 */
final class LogExcerpt {
    private static final Pattern BEGINS = Pattern.compile("\\[?\\d{4}-\\d{2}-\\d{2}[ T]\\d{2}:\\d{2}:\\d{2}.*");
    private static final Pattern SERIOUS = Pattern.compile("^.{0,120}\\b(?:WARN|ERROR|FATAL)\\b");
    private static final Pattern ANY_JOB = Pattern.compile("(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])");

    private LogExcerpt() {}

    /** The last {@code most} characters of it, at most. */
    static String of(String log, FlinkJobId job, int most) {
        StringBuilder kept = new StringBuilder();
        List<String> entry = new ArrayList<>();
        for (String line : (Iterable<String>) log.lines()::iterator) {
            if (BEGINS.matcher(line).matches()) {
                add(kept, entry, job);
                entry.clear();
            }
            entry.add(line);
        }
        add(kept, entry, job);
        return kept.length() <= most ? kept.toString() : "…" + kept.substring(kept.length() - most + 1);
    }

    private static void add(StringBuilder kept, List<String> entry, FlinkJobId job) {
        if (entry.isEmpty() || !BEGINS.matcher(entry.get(0)).matches()) {
            return; // The end of an entry whose beginning was not read.
        }
        String whole = String.join("\n", entry);
        boolean own = whole.contains(job.value());
        boolean everybodys =
                SERIOUS.matcher(entry.get(0)).find() && !ANY_JOB.matcher(whole).find();
        if (own || everybodys) {
            kept.append(whole).append('\n');
        }
    }
}
