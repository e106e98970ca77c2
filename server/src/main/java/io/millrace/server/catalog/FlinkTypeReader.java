package io.millrace.server.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the text of one Flink SQL type, once. */
final class FlinkTypeReader {
    private static final int DEEPEST = 64;
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:([A-Za-z_][A-Za-z0-9_]*)|([0-9]{1,10})|`((?:[^`]|``)*)`|'((?:[^']|'')*)'|([<>(),]))");

    private final Matcher tokens;
    private Token next;

    FlinkTypeReader(String text) {
        this.tokens = TOKEN.matcher(text.strip());
        this.next = read();
    }

    /** The type, if the text is one and nothing else. */
    FlinkType whole() {
        FlinkType type = type(0);
        if (next.kind() != Kind.END) {
            throw new NoTypeException();
        }
        return type;
    }

    private FlinkType type(int depth) {
        if (depth > DEEPEST) {
            throw new NoTypeException();
        }
        String name = take(Kind.WORD).toUpperCase(Locale.ROOT);
        FlinkType type = switch (name) {
            case "ARRAY", "MULTISET" -> parts(name, 1, depth);
            case "MAP" -> parts(name, 2, depth);
            case "ROW" -> row(depth);
            default -> scalar(name);
        };
        return nullability(type);
    }

    private FlinkType parts(String name, int count, int depth) {
        List<FlinkType.Field> parts = new ArrayList<>();
        expect("<");
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                expect(",");
            }
            parts.add(FlinkType.Field.of("", type(depth + 1)));
        }
        expect(">");
        return new FlinkType(name, List.of(), parts, false);
    }

    private FlinkType row(int depth) {
        boolean angle = next.is("<");
        expect(angle ? "<" : "(");
        List<FlinkType.Field> fields = new ArrayList<>();
        do {
            if (!fields.isEmpty()) {
                expect(",");
            }
            String name = next.kind() == Kind.QUOTED ? take(Kind.QUOTED) : take(Kind.WORD);
            FlinkType type = type(depth + 1);
            Optional<String> comment = next.kind() == Kind.TEXT ? Optional.of(take(Kind.TEXT)) : Optional.empty();
            fields.add(new FlinkType.Field(name, type, comment));
        } while (next.is(","));
        expect(angle ? ">" : ")");
        return FlinkType.row(fields);
    }

    private FlinkType scalar(String first) {
        StringBuilder words = new StringBuilder(first);
        List<Integer> numbers = new ArrayList<>();
        if (next.is("(")) {
            expect("(");
            numbers.add(number());
            if (next.is(",")) {
                expect(",");
                numbers.add(number());
            }
            expect(")");
        }
        while (next.kind() == Kind.WORD && !next.isWord("NOT") && !next.isWord("NULL")) {
            words.append(' ').append(take(Kind.WORD).toUpperCase(Locale.ROOT));
        }
        return FlinkType.named(words.toString(), numbers);
    }

    private FlinkType nullability(FlinkType type) {
        boolean not = next.isWord("NOT");
        if (not) {
            take(Kind.WORD);
        }
        if (next.isWord("NULL")) {
            take(Kind.WORD);
        } else if (not) {
            throw new NoTypeException();
        }
        return type.required(not);
    }

    private int number() {
        try {
            return Integer.parseInt(take(Kind.NUMBER));
        } catch (NumberFormatException e) {
            throw new NoTypeException();
        }
    }

    private void expect(String sign) {
        if (!next.is(sign)) {
            throw new NoTypeException();
        }
        next = read();
    }

    private String take(Kind kind) {
        if (next.kind() != kind) {
            throw new NoTypeException();
        }
        String text = next.text();
        next = read();
        return text;
    }

    private Token read() {
        if (tokens.regionStart() == tokens.regionEnd()) {
            return new Token(Kind.END, "");
        }
        if (!tokens.lookingAt()) {
            return new Token(Kind.WRONG, "");
        }
        Token token = token();
        tokens.region(tokens.end(), tokens.regionEnd());
        return token;
    }

    private Token token() {
        if (tokens.group(1) != null) {
            return new Token(Kind.WORD, tokens.group(1));
        }
        if (tokens.group(2) != null) {
            return new Token(Kind.NUMBER, tokens.group(2));
        }
        if (tokens.group(3) != null) {
            return new Token(Kind.QUOTED, tokens.group(3).replace("``", "`"));
        }
        if (tokens.group(4) != null) {
            return new Token(Kind.TEXT, tokens.group(4).replace("''", "'"));
        }
        return new Token(Kind.SIGN, tokens.group(5));
    }

    private enum Kind {
        WORD,
        NUMBER,
        QUOTED,
        TEXT,
        SIGN,
        END,
        WRONG
    }

    private record Token(Kind kind, String text) {
        boolean is(String sign) {
            return kind == Kind.SIGN && text.equals(sign);
        }

        boolean isWord(String word) {
            return kind == Kind.WORD && text.equalsIgnoreCase(word);
        }
    }

    /** The text is no type. */
    static final class NoTypeException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
