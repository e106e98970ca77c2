package io.millrace.cli.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * Which of the standard streams a person looks at.
 *
 * @param input whether input comes from a terminal
 * @param output whether standard output goes to a terminal
 * @param error whether standard error goes to a terminal
 * @param columns the terminal's width, asked for when needed
 */
public record Screen(boolean input, boolean output, boolean error, IntSupplier columns) {
    private static final int USUAL_COLUMNS = 80;

    /** Nobody looks: pipes and files all around. */
    public static Screen none() {
        return new Screen(false, false, false, () -> USUAL_COLUMNS);
    }

    /** The streams of this process. */
    public static Screen ofProcess() {
        return new Screen(isTerminal(0), isTerminal(1), isTerminal(2), Screen::askColumns);
    }

    /** How wide a table on standard output may be. */
    public int tableLimit() {
        return output ? Math.max(20, columns.getAsInt()) : TextTable.UNLIMITED;
    }

    /** Linux shows it in a link, elsewhere a child with the same streams finds out: the JDK cannot tell them apart. */
    private static boolean isTerminal(int stream) {
        Path link = Path.of("/proc/self/fd/" + stream);
        if (Files.isSymbolicLink(link)) {
            try {
                String target = Files.readSymbolicLink(link).toString();
                return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
            } catch (IOException e) {
                return false;
            }
        }
        try {
            return new ProcessBuilder("test", "-t", Integer.toString(stream))
                            .inheritIO()
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static int askColumns() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(Path.of("/dev/tty").toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).trim();
            stty.waitFor(1, TimeUnit.SECONDS);
            int columns = Integer.parseInt(answer.substring(answer.indexOf(' ') + 1));
            return columns > 0 ? columns : USUAL_COLUMNS;
        } catch (IOException | NumberFormatException e) {
            return USUAL_COLUMNS;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return USUAL_COLUMNS;
        }
    }
}
