package io.millrace.flink.gateway.session;

import io.millrace.api.sql.ObjectUse;
import io.millrace.flink.catalog.StatementTables;
import io.millrace.flink.gateway.grant.AccessOperation;
import io.millrace.flink.gateway.grant.GrantParser;
import io.millrace.flink.gateway.policy.LocalFiles;
import io.millrace.flink.gateway.policy.Rule;
import io.millrace.flink.gateway.policy.StatementPolicy;
import io.millrace.flink.gateway.problem.Code;
import io.millrace.flink.gateway.problem.GatewayException;
import io.millrace.flink.gateway.problem.Hints;
import io.millrace.flink.gateway.problem.SqlErrors;
import io.millrace.flink.gateway.script.Piece;
import io.millrace.flink.gateway.script.Token;
import io.millrace.flink.gateway.script.Tokens;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.catalog.CatalogManager;
import org.apache.flink.table.operations.BeginStatementSetOperation;
import org.apache.flink.table.operations.ExplainOperation;
import org.apache.flink.table.operations.ModifyOperation;
import org.apache.flink.table.operations.Operation;
import org.apache.flink.table.operations.SinkModifyOperation;
import org.apache.flink.table.operations.StatementSetOperation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Parses one statement with Flink's own parser, or as one about grants, which that does not know, and asks the policy and
 * the server, before anything else happens with it. Only what may run leaves it, so that what runs is what was decided
 * about.
 */
public final class StatementParser {
    private static final Pattern SWAPS_THE_TABLE =
            Pattern.compile("['`]?(connector|ref|ref\\.connector)['`]?", Pattern.CASE_INSENSITIVE);

    /** How people write keys; what the parser makes of other spellings need not be known then. */
    private static final Pattern PLAIN_KEY = Pattern.compile("[\\w$-]+|'[^'\\\\]*'|`[^`]*`");

    private final SqlSession session;
    private final TableEnvironmentInternal environment;
    private final Hints hints;

    public StatementParser(SqlSession session, TableEnvironmentInternal environment, Hints hints) {
        this.session = session;
        this.environment = environment;
        this.hints = hints;
    }

    /** Fails with SQL_INVALID, SQL_REFUSED or ACCESS_DENIED and a place. */
    public Parsed parse(Piece piece) {
        var unused = StatementTables.take(); // those of the statement before
        Parsed parsed = parsed(piece);
        try {
            List<ObjectUse> uses = new Permit(session, environment).require(parsed.operation());
            return new Parsed(piece, parsed.operation(), parsed.rule(), uses);
        } catch (RuntimeException e) {
            throw SqlErrors.explain(e, piece, Code.SQL_INVALID, hints);
        }
    }

    private Parsed parsed(Piece piece) {
        if (!piece.isBlock()) {
            return single(piece);
        }
        if (!piece.text().regionMatches(true, piece.text().length() - 3, "END", 0, 3)) {
            throw noEnd(piece);
        }
        List<ModifyOperation> members = new ArrayList<>();
        for (Piece member : piece.members()) {
            if (!(single(member).operation() instanceof SinkModifyOperation modify)) {
                throw at(Code.SQL_INVALID, "A statement set holds INSERT statements only.", member);
            }
            members.add(modify);
        }
        Operation set = new StatementSetOperation(members);
        return new Parsed(piece, set, StatementPolicy.of(set), List.of());
    }

    private Parsed single(Piece piece) {
        refuseHints(piece);
        if (Tokens.of(piece.text()).stream().limit(1).anyMatch(token -> token.isWord("CALL"))) {
            // Flink asks the catalogs for the procedure before it makes an operation, and ours have none.
            refuse(StatementPolicy.CALL, piece);
        }
        Operation operation = operation(piece);
        if (operation instanceof BeginStatementSetOperation) {
            throw noEnd(piece);
        }
        Rule rule = StatementPolicy.of(operation);
        refuse(rule, piece);
        if (operation instanceof ExplainOperation explain) {
            refuse(StatementPolicy.of(explain.getChild()), piece);
        }
        if (operation instanceof StatementSetOperation set) {
            set.getOperations().forEach(member -> refuse(StatementPolicy.of(member), piece));
        }
        return new Parsed(piece, operation, rule, List.of());
    }

    private Operation operation(Piece piece) {
        CatalogManager catalogs = session.catalogs();
        Optional<AccessOperation> access =
                GrantParser.parse(piece, catalogs.getCurrentCatalog(), catalogs.getCurrentDatabase());
        if (access.isPresent()) {
            return access.get();
        }
        try {
            return environment.getParser().parse(piece.text()).get(0);
        } catch (RuntimeException e) {
            throw SqlErrors.explain(e, piece, Code.SQL_INVALID, hints);
        }
    }

    /** A hint that swapped the connector or the reference would lead around everything that is decided about tables. */
    private static void refuseHints(Piece piece) {
        for (Token token : Tokens.of(piece.text())) {
            if (token.kind() == Token.Kind.HINT) {
                refuseKeys(Tokens.of(token.text().substring("/*+".length())), piece);
            }
        }
    }

    private static void refuseKeys(List<Token> hint, Piece piece) {
        for (int i = 2; i < hint.size(); i++) {
            if (!hint.get(i).isSymbol('=')) {
                continue;
            }
            String key = hint.get(i - 1).text();
            boolean alone = hint.get(i - 2).isSymbol('(') || hint.get(i - 2).isSymbol(',');
            if (!alone || !PLAIN_KEY.matcher(key).matches()) {
                throw at(Code.SQL_REFUSED, "Write the key of a hint as one plain literal, such as 'scan.mode'.", piece);
            }
            if (SWAPS_THE_TABLE.matcher(key).matches()) {
                throw at(Code.SQL_REFUSED, "'connector' and 'ref' cannot be given as hints.", piece);
            }
            if (LocalFiles.isPath(key.replaceAll("^['`]|['`]$", "").strip().toLowerCase(Locale.ROOT))) {
                throw at(Code.SQL_REFUSED, key + " cannot be given as a hint: it says where a table is.", piece);
            }
        }
    }

    private static void refuse(Rule rule, Piece piece) {
        String refusal = rule.refusal();
        if (refusal != null) {
            throw at(Code.SQL_REFUSED, rule.kind().replace('_', ' ') + " is not run here. " + refusal, piece);
        }
    }

    private static GatewayException noEnd(Piece piece) {
        return at(Code.SQL_INVALID, "BEGIN STATEMENT SET has no END.", piece);
    }

    private static GatewayException at(Code code, String sentence, Piece piece) {
        return new GatewayException(code, sentence, List.of(SqlErrors.located(sentence, piece.span(), null)), null);
    }

    /**
     * A statement that may run, for whom the session is.
     *
     * @param uses what it was allowed to do with which objects
     */
    public record Parsed(Piece piece, Operation operation, Rule rule, List<ObjectUse> uses) {}
}
