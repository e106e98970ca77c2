package io.millrace.api.jobfile;

import io.millrace.api.job.CheckpointScheduler;
import io.millrace.api.job.JobMode;
import io.millrace.api.job.JobSpec;
import io.millrace.api.problem.Problem;
import io.millrace.api.problem.ProblemDetail;
import io.millrace.api.text.Durations;
import io.millrace.api.text.Nearest;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A job as its file says it: a front matter of settings, then Flink SQL.
 *
 * @param file the name as the user wrote it, for messages
 */
public record JobFile(String file, String name, JobSpec spec, FrontMatter front) {
    private static final int MAX_PARALLELISM = 32_768;

    /** Reads the content of a file, or says everything that is wrong with it. */
    public static JobFile read(String file, String content) throws InvalidFilesException {
        List<SourceProblem> problems = new ArrayList<>();
        FrontMatter front = FrontMatter.read(file, content, problems);
        Reader reader = new Reader(file, front, problems);
        boolean whole = problems.isEmpty();
        String name = whole ? reader.name() : "";
        JobSpec spec = new JobSpec(
                whole ? reader.script(content) : "",
                reader.mode(),
                reader.text("target"),
                reader.parallelism(),
                reader.checkpoint(),
                reader.checkpointScheduler(),
                reader.text("description"),
                reader.settings());
        if (!problems.isEmpty()) {
            throw new InvalidFilesException(problems);
        }
        return new JobFile(file, name, spec, front);
    }

    /** What the server says is wrong, with its places in the script turned into places in the file. */
    public List<SourceProblem> locate(Problem problem) {
        List<SourceProblem> located = new ArrayList<>();
        for (ProblemDetail flaw : problem.errors()) {
            Place place = place(flaw);
            located.add(new SourceProblem(file, place.line, place.column, flaw.detail(), flaw.hint()));
        }
        if (located.isEmpty()) {
            located.add(new SourceProblem(file, 0, 0, problem.detail(), null));
        }
        return located;
    }

    /** Something that is wrong with the value of a key, or with the file when it is not there. */
    public SourceProblem at(String key, String message, @Nullable String hint) {
        FrontMatter.Entry entry = front.entry(key);
        return new SourceProblem(
                file, entry == null ? 0 : entry.line(), entry == null ? 0 : entry.column(), message, hint);
    }

    private Place place(ProblemDetail flaw) {
        if (flaw.pointer().equals("/script") && flaw.line() != null) {
            return new Place(front.scriptLine() + flaw.line() - 1, flaw.column() == null ? 0 : flaw.column());
        }
        String[] path = flaw.pointer().split("/", 3);
        FrontMatter.Entry entry = null;
        if (path.length == 3 && path[1].equals(FrontMatter.SETTINGS)) {
            entry = front.settings().get(path[2].replace("~1", "/").replace("~0", "~"));
        }
        if (entry == null && path.length > 1) {
            entry = front.entry(path[1].replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT));
        }
        return entry == null ? new Place(0, 0) : new Place(entry.line(), entry.column());
    }

    private record Place(int line, int column) {}

    /** Turns texts into values. */
    private record Reader(String file, FrontMatter front, List<SourceProblem> problems) {
        String name() {
            FrontMatter.Entry entry = front.entry("name");
            if (entry == null) {
                problems.add(new SourceProblem(file, 1, 0, "the key 'name' is missing", "add a line name: my-job"));
                return "";
            }
            return entry.value();
        }

        String script(String content) {
            int start = 0;
            for (int line = 1; line < front.scriptLine() && start >= 0; line++) {
                int newline = content.indexOf('\n', start);
                start = newline < 0 ? content.length() : newline + 1;
            }
            String script = content.substring(start);
            if (script.isBlank()) {
                problems.add(
                        new SourceProblem(file, front.scriptLine(), 0, "there is no SQL below the front matter", null));
            }
            return script;
        }

        @Nullable
        String text(String key) {
            FrontMatter.Entry entry = front.entry(key);
            return entry == null ? null : entry.value();
        }

        @Nullable
        JobMode mode() {
            return choice("mode", JobMode.values());
        }

        @Nullable
        CheckpointScheduler checkpointScheduler() {
            return choice("checkpoint-scheduler", CheckpointScheduler.values());
        }

        private <E extends Enum<E>> @Nullable E choice(String key, E[] choices) {
            FrontMatter.Entry entry = front.entry(key);
            if (entry == null) {
                return null;
            }
            String value = entry.value().toLowerCase(Locale.ROOT);
            List<String> words = Stream.of(choices)
                    .map(choice -> choice.name().toLowerCase(Locale.ROOT))
                    .toList();
            int found = words.indexOf(value);
            if (found >= 0) {
                return choices[found];
            }
            wrong(
                    entry,
                    key + " is " + String.join(" or ", words) + ", not '" + entry.value() + "'",
                    Nearest.of(value, words)
                            .map(word -> "did you mean '" + word + "'?")
                            .orElse(null));
            return null;
        }

        @Nullable
        Integer parallelism() {
            FrontMatter.Entry entry = front.entry("parallelism");
            if (entry == null) {
                return null;
            }
            if (entry.value().matches("\\d{1,6}")) {
                int value = Integer.parseInt(entry.value());
                if (value >= 1 && value <= MAX_PARALLELISM) {
                    return value;
                }
            }
            wrong(
                    entry,
                    "parallelism is a number from 1 to " + MAX_PARALLELISM + ", not '" + entry.value() + "'",
                    null);
            return null;
        }

        @Nullable
        String checkpoint() {
            FrontMatter.Entry entry = front.entry("checkpoint");
            if (entry == null) {
                return null;
            }
            Optional<Duration> interval = Durations.parse(entry.value());
            if (interval.isEmpty() || interval.get().isZero()) {
                wrong(
                        entry,
                        "checkpoint is the time between checkpoints, not '" + entry.value() + "'",
                        "write it like 30 s, 5 min or PT30S");
                return null;
            }
            return interval.get().toString();
        }

        @Nullable
        Map<String, String> settings() {
            if (front.settings().isEmpty()) {
                return null;
            }
            Map<String, String> settings = new LinkedHashMap<>();
            front.settings().forEach((key, entry) -> settings.put(key, entry.value()));
            return settings;
        }

        private void wrong(FrontMatter.Entry entry, String message, @Nullable String hint) {
            problems.add(new SourceProblem(file, entry.line(), entry.column(), message, hint));
        }
    }
}
