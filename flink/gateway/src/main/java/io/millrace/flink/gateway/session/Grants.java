package io.millrace.flink.gateway.session;

import io.millrace.api.access.GrantView;
import io.millrace.api.access.GranteeView;
import io.millrace.api.access.ObjectPath;
import io.millrace.api.sql.GrantStatement;
import io.millrace.flink.catalog.DraftCatalog;
import io.millrace.flink.catalog.MetastoreClient;
import io.millrace.flink.gateway.grant.AccessOperation;
import io.millrace.flink.gateway.grant.DenyOperation;
import io.millrace.flink.gateway.grant.GrantOperation;
import io.millrace.flink.gateway.grant.RevokeOperation;
import io.millrace.flink.gateway.grant.ShowGrantsOperation;
import io.millrace.flink.gateway.session.Effects.Answer;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.Catalog;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Has the server carry out what statements say about who may do what. */
public final class Grants {
    private static final ResolvedSchema LISTED = ResolvedSchema.of(
            Column.physical("grantee", DataTypes.STRING()),
            Column.physical("name", DataTypes.STRING()),
            Column.physical("effect", DataTypes.STRING()),
            Column.physical("privilege", DataTypes.STRING()),
            Column.physical("kind", DataTypes.STRING()),
            Column.physical("object", DataTypes.STRING()),
            Column.physical("by", DataTypes.STRING()),
            Column.physical("at", DataTypes.TIMESTAMP_LTZ(3)));

    private final SqlSession session;
    private final MetastoreClient server;

    public Grants(SqlSession session) {
        this.session = session;
        this.server = session.metastore();
    }

    Answer apply(AccessOperation operation) {
        if (operation instanceof ShowGrantsOperation show) {
            List<Row> rows =
                    server.grants(show.question()).stream().map(Grants::row).toList();
            return new Answer(LISTED, rows, Optional.empty());
        }
        if (operation instanceof RevokeOperation revoke) {
            int removed = server.revoke(revoke.statement());
            return new Answer(ResolvedSchema.of(), List.of(), Optional.of(took(removed)));
        }
        server.grant(statement(operation));
        return Answer.nothing();
    }

    /** Fails as the statement would, and changes nothing: for the analysis of scripts. */
    public void check(AccessOperation operation) {
        if (operation instanceof ShowGrantsOperation) {
            return;
        }
        GrantStatement said = statement(operation);
        GrantStatement checked = isMadeByTheScript(said.object())
                ? new GrantStatement(said.grantees(), null, said.privileges(), said.effect())
                : said;
        if (operation instanceof RevokeOperation) {
            server.checkRevocation(checked);
        } else {
            server.checkGrant(checked);
        }
    }

    private static GrantStatement statement(AccessOperation operation) {
        if (operation instanceof GrantOperation grant) {
            return grant.statement();
        }
        return operation instanceof DenyOperation deny ? deny.statement() : ((RevokeOperation) operation).statement();
    }

    /** What only the draft of an analysis knows. */
    private boolean isMadeByTheScript(@Nullable ObjectPath object) {
        if (object == null || object.path().isEmpty()) {
            return false;
        }
        Catalog catalog = session.catalogs().getCatalog(object.path().get(0)).orElse(null);
        return catalog instanceof DraftCatalog draft && exists(draft, object) && !exists(draft.real(), object);
    }

    private static boolean exists(Catalog catalog, ObjectPath object) {
        List<String> path = object.path();
        return switch (object.kind()) {
            case DATABASE -> catalog.databaseExists(path.get(1));
            case TABLE -> catalog.tableExists(inCatalog(path));
            case FUNCTION -> catalog.functionExists(inCatalog(path));
            case SERVER, CATALOG, CONNECTION, WORKSPACE, JOB -> false;
        };
    }

    private static org.apache.flink.table.catalog.ObjectPath inCatalog(List<String> path) {
        return new org.apache.flink.table.catalog.ObjectPath(path.get(1), path.get(2));
    }

    private static String took(int removed) {
        return removed == 0
                ? "There was no such grant."
                : "Took back " + removed + (removed == 1 ? " grant." : " grants.");
    }

    private static Row row(GrantView grant) {
        GranteeView to = grant.to();
        return Row.of(
                to.kind().name().toLowerCase(Locale.ROOT),
                to.name(),
                grant.effect().name(),
                grant.privilege(),
                grant.objectKind().name().toLowerCase(Locale.ROOT),
                grant.object(),
                grant.by(),
                grant.at());
    }
}
