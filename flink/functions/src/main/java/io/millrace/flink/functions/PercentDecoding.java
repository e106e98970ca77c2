package io.millrace.flink.functions;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Decodes form-encoded text. An escape that is none stays as it is; bytes that are no UTF-8 become U+FFFD. */
final class PercentDecoding {
    private PercentDecoding() {}

    static String decode(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        var bytes = new ByteArrayOutputStream(text.length());
        int plainFrom = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int value = c == '%' ? escaped(text, i) : -1;
            if (c == '+' || value >= 0) {
                bytes.writeBytes(text.substring(plainFrom, i).getBytes(StandardCharsets.UTF_8));
                bytes.write(c == '+' ? ' ' : value);
                i += c == '+' ? 0 : 2;
                plainFrom = i + 1;
            }
        }
        bytes.writeBytes(text.substring(plainFrom).getBytes(StandardCharsets.UTF_8));
        // Databases refuse NUL in a text, and nobody means it.
        return bytes.toString(StandardCharsets.UTF_8).replace('\0', '\uFFFD');
    }

    private static int escaped(String text, int percent) {
        if (percent + 2 >= text.length()) {
            return -1;
        }
        int high = hexDigit(text.charAt(percent + 1));
        int low = hexDigit(text.charAt(percent + 2));
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }

    private static int hexDigit(char c) {
        return c < 128 ? Character.digit(c, 16) : -1;
    }
}
