package io.millrace.flink.gateway.grant;

import static java.util.Objects.requireNonNull;

import io.millrace.api.access.GrantEffect;
import io.millrace.api.access.GranteeKind;
import io.millrace.api.access.GranteeView;
import io.millrace.api.access.ObjectKind;
import io.millrace.api.access.ObjectPath;
import io.millrace.api.sql.GrantQuestion;
import io.millrace.api.sql.GrantStatement;
import io.millrace.flink.gateway.script.Piece;
import io.millrace.flink.gateway.script.Token;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the statements about who may do what. A privilege is any word here: which there are, and on what, is for the
 * server to say.
 *
 * <pre>
 * GRANT  privilege [, …] | ALL [PRIVILEGES]  ON object  TO grantee [, …]
 * DENY   …                                   ON object  TO grantee [, …]
 * REVOKE [DENY] …                            ON object  FROM grantee [, …]
 * SHOW GRANTS [ON object] [TO | FOR grantee]
 * object  = SERVER | [TABLE | VIEW | FUNCTION | DATABASE | CATALOG | CONNECTION | WORKSPACE | JOB] name
 * grantee = [USER | GROUP] name, where a word holds for the names behind it, too
 * </pre>
 */
public final class GrantParser {
    /** One word each; in what order they stand is said above. */
    private static final List<String> VERBS = List.of("GRANT", "DENY", "REVOKE");

    private final GrantTokens tokens;
    private final ObjectNames names;

    private GrantParser(GrantTokens tokens, ObjectNames names) {
        this.tokens = tokens;
        this.names = names;
    }

    /** Whether a statement begins as one of these do. */
    public static boolean begins(List<Token> statement) {
        if (statement.isEmpty()) {
            return false;
        }
        Token first = statement.get(0);
        return VERBS.stream().anyMatch(first::isWord)
                || (first.isWord("SHOW")
                        && statement.size() > 1
                        && statement.get(1).isWord("GRANTS"));
    }

    /**
     * Empty for every other statement. Fails with SQL_INVALID and a place.
     *
     * @param catalog the current one, and
     * @param database the current one, by which names are completed
     */
    public static Optional<AccessOperation> parse(Piece piece, String catalog, @Nullable String database) {
        var tokens = new GrantTokens(piece);
        if (!begins(tokens.all())) {
            return Optional.empty();
        }
        AccessOperation operation = new GrantParser(tokens, new ObjectNames(tokens, catalog, database)).operation();
        tokens.end();
        return Optional.of(operation);
    }

    private AccessOperation operation() {
        if (tokens.takes("GRANT")) {
            return new GrantOperation(statement(GrantEffect.ALLOW, "TO"));
        }
        if (tokens.takes("DENY")) {
            return new DenyOperation(statement(GrantEffect.DENY, "TO"));
        }
        if (tokens.takes("REVOKE")) {
            GrantEffect effect = tokens.takes("DENY") ? GrantEffect.DENY : GrantEffect.ALLOW;
            return new RevokeOperation(statement(effect, "FROM"));
        }
        tokens.expect("SHOW");
        tokens.expect("GRANTS");
        ObjectPath object = tokens.takes("ON") ? object() : null;
        boolean ofSomebody = tokens.takes("TO") || tokens.takes("FOR");
        return new ShowGrantsOperation(new GrantQuestion(ofSomebody ? grantee(GranteeKind.USER) : null, object));
    }

    private GrantStatement statement(GrantEffect effect, String preposition) {
        List<String> privileges = privileges();
        tokens.expect("ON");
        ObjectPath object = object();
        tokens.expect(preposition);
        return new GrantStatement(grantees(), object, privileges, effect);
    }

    private List<String> privileges() {
        if (tokens.takes("ALL")) {
            boolean unused = tokens.takes("PRIVILEGES");
            return List.of("ALL");
        }
        List<String> privileges = new ArrayList<>();
        do {
            privileges.add(tokens.word("a privilege, such as READ, or ALL", "ON", "TO", "FROM"));
        } while (tokens.takes(','));
        return privileges;
    }

    private ObjectPath object() {
        for (ObjectKind kind : ObjectKind.values()) {
            if (tokens.isKind(kind.name())) {
                tokens.skip();
                return names.of(kind);
            }
        }
        if (tokens.isKind("VIEW")) {
            tokens.skip();
        }
        return names.of(ObjectKind.TABLE);
    }

    private List<GranteeView> grantees() {
        List<GranteeView> grantees = new ArrayList<>();
        GranteeKind kind = GranteeKind.USER;
        do {
            GranteeView next = grantee(kind);
            grantees.add(next);
            kind = requireNonNull(next.kind(), "kind");
        } while (tokens.takes(','));
        return grantees.stream().distinct().toList();
    }

    private GranteeView grantee(GranteeKind before) {
        GranteeKind kind = before;
        if (tokens.takes("USER")) {
            kind = GranteeKind.USER;
        } else if (tokens.takes("GROUP")) {
            kind = GranteeKind.GROUP;
        }
        return new GranteeView(kind, tokens.name("the name of a " + (kind == GranteeKind.GROUP ? "group" : "user")));
    }
}
