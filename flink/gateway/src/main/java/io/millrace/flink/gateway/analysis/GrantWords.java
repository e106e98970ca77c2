package io.millrace.flink.gateway.analysis;

import io.millrace.flink.gateway.grant.GrantParser;
import io.millrace.flink.gateway.script.Token;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The words that may follow in GRANT, DENY, REVOKE and SHOW GRANTS. */
final class GrantWords {
    /** With which such statements begin; SHOW is offered as a word of Flink's. */
    static final List<String> FIRST = List.of("GRANT", "DENY", "REVOKE");

    private static final List<String> PRIVILEGES = List.of(
            "ALL",
            "USE",
            "DESCRIBE",
            "READ",
            "WRITE",
            "ALTER",
            "DROP",
            "CREATE",
            "EXECUTE",
            "OPERATE",
            "GRANT",
            "INLINE_CONNECTOR");
    private static final List<String> KINDS =
            List.of("TABLE", "VIEW", "FUNCTION", "DATABASE", "CATALOG", "CONNECTION", "WORKSPACE", "JOB", "SERVER");

    private GrantWords() {}

    /** Empty outside of such statements, and where a name follows. */
    static Optional<List<String>> after(List<Token> before) {
        List<Token> statement = statement(before);
        if (!GrantParser.begins(statement)) {
            return Optional.empty();
        }
        Token last = statement.get(statement.size() - 1);
        boolean show = statement.get(0).isWord("SHOW");
        int on = find(statement, 1, "ON");
        if (last.isWord("ON")) {
            return Optional.of(KINDS);
        }
        if (on < 0) {
            return Optional.of(show ? List.of("ON", "TO") : privileges(statement, last));
        }
        String preposition = statement.get(0).isWord("REVOKE") ? "FROM" : "TO";
        if (find(statement, on, preposition) >= 0) {
            return last.isWord(preposition) || last.isSymbol(',')
                    ? Optional.of(List.of("USER", "GROUP"))
                    : Optional.empty();
        }
        return KINDS.stream().anyMatch(last::isWord) && !last.isWord("SERVER")
                ? Optional.empty()
                : Optional.of(List.of(preposition));
    }

    private static List<String> privileges(List<Token> statement, Token last) {
        if (last.isWord("REVOKE")) {
            return concat("DENY", PRIVILEGES);
        }
        return statement.size() == 1 || last.isSymbol(',') || last.isWord("DENY") ? PRIVILEGES : List.of("ON");
    }

    private static List<String> concat(String first, List<String> rest) {
        return Stream.concat(Stream.of(first), rest.stream()).toList();
    }

    private static int find(List<Token> statement, int from, String word) {
        for (int i = from; i < statement.size(); i++) {
            if (statement.get(i).isWord(word)) {
                return i;
            }
        }
        return -1;
    }

    private static List<Token> statement(List<Token> before) {
        for (int i = before.size() - 1; i >= 0; i--) {
            if (before.get(i).isSymbol(';')) {
                return before.subList(i + 1, before.size());
            }
        }
        return before;
    }
}
