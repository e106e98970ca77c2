package io.millrace.dist.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Cuts a stream of bytes at its line feeds and changes nothing else: what encoding the bytes have is not its business. */
final class LineSplitter {
    private final int longest;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
    private long lines;

    LineSplitter(int longest) {
        this.longest = longest;
    }

    /** A line that is longer than was agreed. */
    static final class LineTooLongException extends IOException {
        private static final long serialVersionUID = 1L;

        private final long line;

        LineTooLongException(long line) {
            super("line " + line + " is too long");
            this.line = line;
        }

        /** Its number, from 1. */
        long line() {
            return line;
        }
    }

    /** The number of lines; bytes after the last line feed are one more. */
    long split(InputStream in, InputLog.LineHandler handler) throws IOException {
        byte[] buffer = new byte[1 << 16];
        int read = in.read(buffer);
        while (read >= 0) {
            split(buffer, read, handler);
            read = in.read(buffer);
        }
        if (line.size() > 0) {
            end(handler);
        }
        return lines;
    }

    private void split(byte[] buffer, int length, InputLog.LineHandler handler) throws IOException {
        int start = 0;
        for (int i = 0; i < length; i++) {
            if (buffer[i] == '\n') {
                append(buffer, start, i);
                end(handler);
                start = i + 1;
            }
        }
        append(buffer, start, length);
    }

    private void append(byte[] buffer, int start, int end) throws LineTooLongException {
        if (line.size() + end - start > longest) {
            throw new LineTooLongException(lines + 1);
        }
        line.write(buffer, start, end - start);
    }

    private void end(InputLog.LineHandler handler) throws IOException {
        lines++;
        handler.line(line.toByteArray());
        line.reset();
    }
}
