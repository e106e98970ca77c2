package io.millrace.flink.gateway.grant;

import io.millrace.api.sql.Span;
import io.millrace.flink.gateway.analysis.Keywords;
import io.millrace.flink.gateway.problem.Code;
import io.millrace.flink.gateway.problem.GatewayException;
import io.millrace.flink.gateway.problem.SqlErrors;
import io.millrace.flink.gateway.script.Piece;
import io.millrace.flink.gateway.script.Token;
import io.millrace.flink.gateway.script.Tokens;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The words of a statement, read one by one; says what was expected, and where, when another one stands there. */
final class GrantTokens {
    private static final String FORMS = "Write GRANT privilege, … ON [kind] name TO [USER | GROUP] name, …; DENY in the"
            + " same way; REVOKE [DENY] … ON … FROM …; SHOW GRANTS [ON …] [TO …].";
    private static final String BACKTICKS = "Write a name in backticks, `like-this`, when it is a word of SQL or holds"
            + " anything but letters, digits and _.";

    private final Piece piece;
    private final List<Token> all;
    private int next;

    GrantTokens(Piece piece) {
        this.piece = piece;
        this.all = Tokens.of(piece.text());
    }

    List<Token> all() {
        return all;
    }

    /** Goes on behind this word, if it is next. */
    boolean takes(String word) {
        return skipIf(peek().filter(token -> token.isWord(word)).isPresent());
    }

    boolean takes(char symbol) {
        return skipIf(peek().filter(token -> token.isSymbol(symbol)).isPresent());
    }

    void skip() {
        next++;
    }

    private boolean skipIf(boolean matches) {
        next += matches ? 1 : 0;
        return matches;
    }

    /** Whether this word is next and says what kind of name follows, rather than being the beginning of a name. */
    boolean isKind(String word) {
        boolean namesMore = next + 1 < all.size() && all.get(next + 1).isSymbol('.');
        return !namesMore && peek().filter(token -> token.isWord(word)).isPresent();
    }

    void expect(String word) {
        if (!takes(word)) {
            throw expected(word, FORMS);
        }
    }

    /** Any word but these. */
    String word(String what, String... others) {
        Optional<Token> word = peek().filter(token -> token.kind() == Token.Kind.WORD)
                .filter(token -> Stream.of(others).noneMatch(token::isWord));
        String upper = word.orElseThrow(() -> expected(what, FORMS)).upper();
        next++;
        return upper;
    }

    /** An identifier. */
    String name(String what) {
        String name = peek().filter(Token::isIdentifier)
                .map(Token::identifier)
                .filter(identifier -> !identifier.isEmpty())
                .orElseThrow(() -> expected(what, peek().isEmpty() ? FORMS : BACKTICKS));
        next++;
        return name;
    }

    /** An identifier that is none of SQL's own words, unless it is in backticks. */
    String unreserved(String what) {
        if (peek().filter(token -> token.kind() == Token.Kind.WORD)
                .filter(token -> Keywords.isReserved(token.text()))
                .isPresent()) {
            throw expected(what, BACKTICKS);
        }
        return name(what);
    }

    /** Fails if there is more. */
    void end() {
        if (next < all.size()) {
            boolean insideOfAName = next > 0
                    && all.get(next - 1).isIdentifier()
                    && all.get(next - 1).end() == all.get(next).start();
            throw expected("the end of the statement", insideOfAName ? BACKTICKS : FORMS);
        }
    }

    private Optional<Token> peek() {
        return next < all.size() ? Optional.of(all.get(next)) : Optional.empty();
    }

    private GatewayException expected(String what, String hint) {
        Token at = all.get(Math.min(next, all.size() - 1));
        String found = next < all.size() ? "here is " + shown(at) : "the statement ends";
        String sentence = "Expected " + what + ", but " + found + ".";
        int from = next < all.size() ? at.start() : at.end() - 1;
        Span span = piece.places().span(piece.start() + from, piece.start() + at.end());
        return new GatewayException(Code.SQL_INVALID, sentence, List.of(SqlErrors.located(sentence, span, hint)), null);
    }

    private static String shown(Token token) {
        return token.text().startsWith("'") ? token.text() : "'" + token.text() + "'";
    }
}
