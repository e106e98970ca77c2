package io.millrace.cli.sql;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;

/** A terminal of pipes, with somebody who types when the screen shows what they wait for. */
final class TestTerminal implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 20_000;

    private final Shown shown = new Shown();
    private final PipedOutputStream keyboard = new PipedOutputStream();
    private final Terminal terminal;

    TestTerminal() throws IOException {
        terminal = new ExternalTerminal("test", "ansi", new PipedInputStream(keyboard, 4096), shown, UTF_8);
    }

    Terminal terminal() {
        return terminal;
    }

    /** Waits until the text is on the screen behind what was waited for before, then types. */
    void type(String awaited, String keys) {
        shown.await(awaited);
        try {
            keyboard.write(keys.getBytes(UTF_8));
            keyboard.flush();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** All that was written so far, without colours and cursor movements. */
    String shown() {
        return shown.text();
    }

    @Override
    public void close() throws IOException {
        terminal.close();
    }

    private static final class Shown extends OutputStream {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int seen;

        @Override
        public synchronized void write(int b) {
            bytes.write(b);
            notifyAll();
        }

        synchronized String text() {
            return bytes.toString(UTF_8)
                    .replaceAll("\u001b\\[[0-9;?]*[a-zA-Z]", "")
                    .replace("\r", "");
        }

        synchronized void await(String awaited) {
            long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
            while (text().indexOf(awaited, seen) < 0) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    throw new AssertionError("'" + awaited + "' did not appear in: " + text());
                }
                try {
                    wait(left);
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
            seen = text().indexOf(awaited, seen) + awaited.length();
        }
    }
}
