package io.millrace.server.catalog;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;

/**
 * Watches what a PostgreSQL server says. Its driver makes room for as many bytes as a message or a value claims to have
 * before they come, so a lie of two gigabytes would end this process; here it ends the connection.
 */
final class PostgresMessages extends FilterInputStream {
    private static final int LONGEST = 16 << 20;
    private static final int LENGTH_BYTES = 4;
    private static final int NULL = -1;

    /** The numbers of a message that say how it goes on, by the bytes that they have. */
    private enum Part {
        TYPE(1),
        LENGTH(LENGTH_BYTES),
        COLUMNS(2),
        SIZE(LENGTH_BYTES);

        private final int bytes;

        Part(int bytes) {
            this.bytes = bytes;
        }
    }

    private Part part = Part.TYPE;
    private int number;
    private int seen;
    private boolean row;
    private int left;
    private int columns;
    private int passing;

    /** From the first message on. */
    PostgresMessages(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        int at = offset;
        while (at < offset + count) {
            if (passing > 0) {
                int some = Math.min(passing, offset + count - at);
                passing -= some;
                at += some;
            } else {
                number = (number << 8) | (buffer[at] & 0xff);
                at++;
                seen++;
                if (seen == part.bytes) {
                    int whole = number;
                    number = 0;
                    seen = 0;
                    part = next(whole);
                }
            }
        }
        return count;
    }

    private Part next(int value) throws ProtocolException {
        return switch (part) {
            case TYPE -> {
                row = value == 'D';
                yield Part.LENGTH;
            }
            case LENGTH -> {
                require(value >= LENGTH_BYTES && value <= LONGEST);
                left = value - LENGTH_BYTES;
                passing = row ? 0 : left;
                yield row ? Part.COLUMNS : Part.TYPE;
            }
            case COLUMNS -> {
                left -= Part.COLUMNS.bytes;
                columns = value;
                require(columns * LENGTH_BYTES <= left);
                yield columns == 0 ? Part.TYPE : Part.SIZE;
            }
            case SIZE -> {
                left -= LENGTH_BYTES;
                int size = value == NULL ? 0 : value;
                columns--;
                require(size >= 0 && size <= left - columns * LENGTH_BYTES);
                left -= size;
                passing = size;
                yield columns == 0 ? Part.TYPE : Part.SIZE;
            }
        };
    }

    private static void require(boolean possible) throws ProtocolException {
        if (!possible) {
            throw new ProtocolException("a message claims to be longer than it can be");
        }
    }
}
