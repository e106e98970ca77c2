package io.millrace.cli.sql;

import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Decides when Enter ends the input and when it begins another line, and which word completion is about. */
final class PromptParser implements Parser {
    /** What the prompt does by itself, without a server. */
    static final Set<String> COMMANDS = Set.of("help", "quit", "exit", "clear");

    /** The command that a line is, without its semicolon; empty when it is SQL. */
    static String command(String line) {
        String word = line.strip().toLowerCase(Locale.ROOT);
        word = word.endsWith(";") ? word.substring(0, word.length() - 1).strip() : word;
        return COMMANDS.contains(word) ? word : "";
    }

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        if (context == ParseContext.ACCEPT_LINE && command(line).isEmpty() && !Script.complete(line)) {
            throw new EOFError(-1, -1, "the statement is not at its end");
        }
        int start = cursor;
        while (start > 0 && inWord(line.charAt(start - 1))) {
            start--;
        }
        int end = cursor;
        while (end < line.length() && inWord(line.charAt(end))) {
            end++;
        }
        return new Word(line, cursor, line.substring(start, end), cursor - start);
    }

    private static boolean inWord(char c) {
        return Character.isJavaIdentifierPart(c) || c == '`';
    }

    /** The word at the cursor, as it stands: names in SQL need no escapes on their way to the server. */
    private record Word(String line, int cursor, String word, int wordCursor) implements CompletingParsedLine {
        @Override
        public CharSequence escape(CharSequence candidate, boolean complete) {
            return candidate;
        }

        @Override
        public int rawWordCursor() {
            return wordCursor;
        }

        @Override
        public int rawWordLength() {
            return word.length();
        }

        @Override
        public int wordIndex() {
            return 0;
        }

        @Override
        public List<String> words() {
            return List.of(word);
        }
    }
}
