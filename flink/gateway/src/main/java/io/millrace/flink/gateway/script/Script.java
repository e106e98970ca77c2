package io.millrace.flink.gateway.script;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a script into its statements at the semicolons that Flink's parser would see. {@code BEGIN STATEMENT SET}
 * and {@code STATEMENT SET BEGIN} reach to their {@code END}; one that has no end reaches to the end of the script.
 */
public final class Script {
    private final String text;
    private final Places places;
    private final List<Token> tokens;
    private int next;

    private Script(String text) {
        this.text = text;
        this.places = new Places(text);
        this.tokens = Tokens.of(text);
    }

    public static List<Piece> split(String text) {
        Script script = new Script(text);
        List<Piece> pieces = new ArrayList<>();
        while (script.next < script.tokens.size()) {
            if (script.tokens.get(script.next).isSymbol(';')) {
                script.next++;
            } else {
                pieces.add(script.piece());
            }
        }
        return List.copyOf(pieces);
    }

    private Piece piece() {
        int first = next;
        if (isAt(first, "BEGIN", "STATEMENT", "SET")) {
            return block(first);
        }
        boolean nested = false;
        while (next < tokens.size()) {
            Token token = tokens.get(next);
            if (token.isSymbol(';')) {
                if (!nested || isEnd(next + 1)) {
                    next += nested ? 2 : 0; // END belongs to the statement
                    break;
                }
            } else if (isAt(next, "STATEMENT", "SET", "BEGIN")) {
                nested = true;
            }
            next++;
        }
        next = Math.min(next, tokens.size());
        return piece(first, next, List.of());
    }

    private Piece block(int first) {
        List<Piece> members = new ArrayList<>();
        next += 3;
        while (next < tokens.size() && !isEnd(next)) {
            if (tokens.get(next).isSymbol(';')) {
                next++;
            } else {
                int start = next;
                while (next < tokens.size() && !tokens.get(next).isSymbol(';')) {
                    next++;
                }
                members.add(piece(start, next, List.of()));
            }
        }
        next = Math.min(next + 1, tokens.size());
        return piece(first, next, members);
    }

    private Piece piece(int firstToken, int behindLastToken, List<Piece> members) {
        int start = tokens.get(firstToken).start();
        int end = tokens.get(behindLastToken - 1).end();
        return new Piece(text.substring(start, end), places, start, members);
    }

    private boolean isEnd(int index) {
        return index < tokens.size()
                && tokens.get(index).isWord("END")
                && (index + 1 == tokens.size() || tokens.get(index + 1).isSymbol(';'));
    }

    private boolean isAt(int index, String... words) {
        for (int i = 0; i < words.length; i++) {
            if (index + i >= tokens.size() || !tokens.get(index + i).isWord(words[i])) {
                return false;
            }
        }
        return true;
    }
}
