package io.millrace.examples.traffic;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/**
 * The sample log of the traffic example: a day of an invented ferry line's web server, in Combined Log Format.
 *
 * <p>It is made from the fixed seed {@value #SEED}, so each build makes the same {@value #LINES} lines. Like real logs it
 * holds lines slightly out of order, quotes inside fields, bots, campaign parameters, some of them broken, and lines that
 * were damaged or are no requests at all. The build runs {@link #main} and puts the file beside the example.
 */
public final class SampleLog {
    /** The number of lines. */
    public static final int LINES = 20_000;

    static final long SEED = 20260302;

    private static final int SECONDS = 24 * 3600;

    private SampleLog() {}

    /** Writes the log, compressed, to the file that the only argument names. */
    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]);
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(bytes());
        }
    }

    /** The log, line by line, each with its line feed. */
    static byte[] bytes() {
        var random = new Random(SEED);
        List<String> lines = damage(inOrderOfArrival(requests(random), random), random);
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static List<Line> requests(Random random) {
        var visits = new Visits(random);
        List<Visitor> regulars = new ArrayList<>();
        List<Line> lines = new ArrayList<>();
        while (lines.size() < LINES) {
            boolean known = !regulars.isEmpty() && random.nextInt(3) == 0;
            Visitor visitor = known ? regulars.get(random.nextInt(regulars.size())) : Visitor.any(random);
            regulars.add(visitor);
            lines.addAll(visits.visit(visitor, timeOfDay(random)));
        }
        return lines.subList(0, LINES);
    }

    /** Most people come by day. */
    private static long timeOfDay(Random random) {
        double bell = (random.nextDouble() + random.nextDouble() + random.nextDouble()) / 3;
        return (long) (bell * SECONDS);
    }

    /** A server writes a line when its answer is through, but with the time at which the request came in. */
    private static List<String> inOrderOfArrival(List<Line> lines, Random random) {
        record Arrival(long second, Line line) {}
        return lines.stream()
                .map(line -> new Arrival(line.second() + delay(random), line))
                .sorted(Comparator.comparingLong(Arrival::second))
                .map(arrival -> arrival.line().text())
                .toList();
    }

    private static int delay(Random random) {
        int chance = random.nextInt(1000);
        return chance < 2 ? random.nextInt(600) : chance < 40 ? random.nextInt(8) : 0;
    }

    private static List<String> damage(List<String> lines, Random random) {
        List<String> damaged = new ArrayList<>(lines);
        for (int i = 0; i < 12; i++) {
            int at = random.nextInt(LINES);
            String line = damaged.get(at);
            damaged.set(at, line.substring(0, line.length() * (1 + random.nextInt(8)) / 9));
        }
        String prefix = "203.0.113.77 - - [02/Mar/2026:14:07:31 +0100] ";
        damaged.set(4_000, prefix + "\"-\" 408 - \"-\" \"-\"");
        damaged.set(8_000, prefix + "\"\\x16\\x03\\x01\\x02\" 400 226 \"-\" \"-\"");
        damaged.set(12_000, "");
        damaged.set(14_000, damaged.get(14_000).replace("Mar", "M\u00e4r"));
        damaged.set(16_000, damaged.get(16_000) + damaged.get(16_001));
        damaged.set(
                18_000, prefix + "\"GET /caf\u00e9 HTTP/1.1\" 200 512 \"-\" \"Mozilla/5.0 (X11; Linux) Firefox/99.0\"");
        return damaged;
    }
}
