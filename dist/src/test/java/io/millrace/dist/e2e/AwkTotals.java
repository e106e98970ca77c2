package io.millrace.dist.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The totals of an access log as people count them at a shell: with awk, sort and uniq, and nothing of Millrace. It takes
 * the fields between quotes, so it is right only for logs without quotes inside fields.
 */
final class AwkTotals {
    private static final String WHOLE = "awk -F'\"' 'NF == 7' \"$1\" | ";
    private static final String PAGE_VIEWS = WHOLE
            + "awk -F'\"' '{ split($2, request, \" \"); split($3, answer, \" \"); path = request[2]; sub(/\\?.*/, \"\", path);"
            + " if (request[1] == \"GET\" && (answer[1] ~ /^2/ || answer[1] == 304) && tolower(path) !~"
            + " /\\.(css|js|png|jpg|jpeg|gif|ico|svg|woff|woff2|ttf|map|txt|xml)$/) print path }'";

    private final Path log;

    AwkTotals(Path log) {
        this.log = log;
    }

    long lines() throws IOException, InterruptedException {
        return number("awk 'END { print NR }' \"$1\"");
    }

    long damaged() throws IOException, InterruptedException {
        return number("awk -F'\"' 'NF != 7' \"$1\" | wc -l");
    }

    long pageViews() throws IOException, InterruptedException {
        return number(PAGE_VIEWS + " | wc -l");
    }

    long visitors() throws IOException, InterruptedException {
        return number(
                WHOLE + "awk -F'\"' '{ split($1, client, \" \"); print client[1] \"\\t\" $6 }' | sort -u | wc -l");
    }

    Map<String, Long> statuses() throws IOException, InterruptedException {
        Map<String, Long> statuses = new TreeMap<>();
        for (String line : run(WHOLE + "awk -F'\"' '{ split($3, answer, \" \"); print answer[1] }' | sort | uniq -c")) {
            String[] words = line.strip().split(" ");
            statuses.put(words[1], Long.parseLong(words[0]));
        }
        return statuses;
    }

    /** {@code views path}, the ten of the most views, ties by path. */
    List<String> topPages() throws IOException, InterruptedException {
        return run(PAGE_VIEWS + " | sort | uniq -c | sort -k1,1nr -k2 | head -n 10").stream()
                .map(String::strip)
                .toList();
    }

    private long number(String script) throws IOException, InterruptedException {
        return Long.parseLong(run(script).get(0).strip());
    }

    private List<String> run(String script) throws IOException, InterruptedException {
        var builder = new ProcessBuilder("sh", "-c", script, "sh", log.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("failed: " + script);
        }
        return output.lines().toList();
    }
}
