package io.millrace.cli.sql;

import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Colours the statement while it is typed. */
final class PromptHighlighter implements Highlighter {
    private static final AttributedStyle PLAIN = AttributedStyle.DEFAULT;
    private static final AttributedStyle KEYWORD = PLAIN.bold().foreground(AttributedStyle.BLUE);
    private static final AttributedStyle TEXT = PLAIN.foreground(AttributedStyle.GREEN);
    private static final AttributedStyle NUMBER = PLAIN.foreground(AttributedStyle.CYAN);
    private static final AttributedStyle COMMENT = PLAIN.foreground(AttributedStyle.BRIGHT);

    @Override
    public AttributedString highlight(LineReader reader, String buffer) {
        AttributedStringBuilder coloured = new AttributedStringBuilder();
        for (Token token : Lexer.tokens(buffer)) {
            String text = token.in(buffer);
            coloured.styled(style(token, text), text);
        }
        return coloured.toAttributedString();
    }

    private static AttributedStyle style(Token token, String text) {
        return switch (token.kind()) {
            case WORD -> Keywords.contains(text) ? KEYWORD : PLAIN;
            case STRING -> TEXT;
            case NUMBER -> NUMBER;
            case COMMENT -> COMMENT;
            case SPACE, NAME, SEMICOLON, SYMBOL -> PLAIN;
        };
    }
}
