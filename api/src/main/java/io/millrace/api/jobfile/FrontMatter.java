package io.millrace.api.jobfile;

import io.millrace.api.text.Nearest;
import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The lines between two {@code ---} at the beginning of a job file: {@code key: value}, one per line, with one nested
 * block {@code settings:} of indented lines. It looks like YAML and is far less: a value is the rest of its line, {@code #}
 * behind a space begins a comment, and quotes around a value or a key are taken away. Anything else is an error.
 */
public final class FrontMatter {
    static final String SETTINGS = "settings";
    static final Set<String> KEYS = Set.of(
            "name", "mode", "target", "parallelism", "checkpoint", "checkpoint-scheduler", "description", SETTINGS);

    private static final String FENCE = "---";

    /** That are told of one file. */
    private static final int MOST_PROBLEMS = 50;

    private final String file;
    private final List<SourceProblem> problems;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, Entry> settings = new LinkedHashMap<>();
    private boolean inSettings;
    private int scriptLine;

    /** A value and where it begins. */
    record Entry(String value, int line, int column) {}

    private FrontMatter(String file, List<SourceProblem> problems) {
        this.file = file;
        this.problems = problems;
    }

    /** Whether a file begins as a job file does. */
    public static boolean opens(String content) {
        return firstLine(content).strip().equals(FENCE);
    }

    /** Reads it; what is wrong is added to {@code problems}. */
    static FrontMatter read(String file, String content, List<SourceProblem> problems) {
        FrontMatter read = new FrontMatter(file, problems);
        read.lines(content);
        return read;
    }

    @Nullable
    Entry entry(String key) {
        return entries.get(key);
    }

    Map<String, Entry> settings() {
        return settings;
    }

    /** The line of the file, from 1, on which the script begins. */
    int scriptLine() {
        return scriptLine;
    }

    private static String firstLine(String content) {
        String text = content.startsWith("\uFEFF") ? content.substring(1) : content;
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }

    private void lines(String content) {
        String[] lines = content.split("\n", -1);
        if (!opens(content)) {
            problem(
                    1,
                    0,
                    "the file has no front matter",
                    "begin it with a line ---, then name: and a name for the job, then another line ---");
            return;
        }
        for (int i = 1; i < lines.length; i++) {
            String line = lines[i].endsWith("\r") ? lines[i].substring(0, lines[i].length() - 1) : lines[i];
            if (line.stripTrailing().equals(FENCE)) {
                scriptLine = i + 2;
                return;
            }
            line(line, i + 1);
            if (problems.size() >= MOST_PROBLEMS) {
                return;
            }
        }
        problem(1, 0, "the front matter is never closed", "put a line --- between it and the SQL");
    }

    private void line(String line, int number) {
        String content = withoutComment(line);
        if (content.isBlank()) {
            return;
        }
        int indent = content.length() - content.stripLeading().length();
        int colon = colon(content, indent);
        if (colon < 0) {
            problem(number, indent + 1, "this is not a line of the form key: value", missingFence(content));
            return;
        }
        String key = unquoted(content.substring(indent, colon).strip());
        String raw = content.substring(colon + 1).strip();
        int column = raw.isEmpty() ? colon + 2 : content.indexOf(raw, colon + 1) + 1;
        Entry entry = new Entry(unquoted(raw), number, column);
        if (indent > 0) {
            nested(key, entry, indent);
        } else {
            topLevel(key, entry);
        }
    }

    private void topLevel(String key, Entry entry) {
        inSettings = key.equals(SETTINGS);
        if (!KEYS.contains(key)) {
            problem(entry.line, 1, "unknown key '" + key + "'", suggestion(key));
        } else if (entries.putIfAbsent(key, entry) != null) {
            problem(entry.line, 1, "the key '" + key + "' is there twice", null);
        } else if (inSettings && !entry.value.isEmpty()) {
            problem(entry.line, entry.column, "the settings stand on lines of their own below it, indented", null);
        } else if (!inSettings && entry.value.isEmpty()) {
            problem(entry.line, entry.column, "the key '" + key + "' has no value", null);
        }
    }

    private void nested(String key, Entry entry, int indent) {
        if (!inSettings) {
            problem(entry.line, indent + 1, "only the lines below settings: are indented", null);
        } else if (key.isEmpty()) {
            problem(entry.line, indent + 1, "a setting needs a name", null);
        } else if (settings.putIfAbsent(key, entry) != null) {
            problem(entry.line, indent + 1, "the setting '" + key + "' is there twice", null);
        }
    }

    private static @Nullable String suggestion(String key) {
        return Nearest.of(key, KEYS)
                .map(near -> "did you mean '" + near + "'?")
                .orElse(
                        key.contains(".")
                                ? "options of Flink stand below settings:, indented"
                                : "the keys are "
                                        + String.join(
                                                ", ", KEYS.stream().sorted().toList()));
    }

    private static @Nullable String missingFence(String content) {
        String word = content.strip().toUpperCase(Locale.ROOT);
        boolean sql = List.of("INSERT ", "CREATE ", "SET ", "EXECUTE ", "SELECT ", "BEGIN ").stream()
                .anyMatch(word::startsWith);
        return sql ? "is the line --- missing before the SQL?" : null;
    }

    /** A colon that ends the key: the first one outside quotes. */
    private static int colon(String content, int from) {
        char quote = from < content.length() ? content.charAt(from) : ' ';
        int start = from;
        if (quote == '\'' || quote == '"') {
            int close = content.indexOf(quote, from + 1);
            start = close < 0 ? from : close;
        }
        return content.indexOf(':', start);
    }

    /** A comment begins with {@code #} at the start of the line or behind a space, outside quotes. */
    private static String withoutComment(String line) {
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            boolean opens = i == 0 || line.charAt(i - 1) == ' ' || line.charAt(i - 1) == '\t';
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (opens && (c == '\'' || c == '"') && line.indexOf(c, i + 1) > 0) {
                quote = c;
            } else if (opens && c == '#') {
                return line.substring(0, i);
            }
        }
        return line;
    }

    private static String unquoted(String value) {
        if (value.length() >= 2) {
            char first = value.charAt(0);
            if ((first == '\'' || first == '"') && value.charAt(value.length() - 1) == first) {
                return value.substring(1, value.length() - 1);
            }
        }
        return value;
    }

    private void problem(int line, int column, String message, @Nullable String hint) {
        problems.add(new SourceProblem(file, line, column, message, hint));
    }
}
