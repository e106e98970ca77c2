package io.millrace.flink.gateway.session;

import io.millrace.flink.gateway.script.Piece;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.operations.CreateTableASOperation;
import org.apache.flink.table.operations.ModifyOperation;

/** CREATE TABLE AS: Flink makes the table and fills it; where the table is the session's, we make it. */
final class TableAs {
    private final SqlSession session;
    private final TableEnvironmentInternal environment;

    TableAs(SqlSession session, TableEnvironmentInternal environment) {
        this.session = session;
        this.environment = environment;
    }

    /** The insertion to be submitted. */
    ModifyOperation prepare(CreateTableASOperation create, Piece piece, SqlStatement statement) {
        SessionObjects.Decision decision = new SessionObjects(session, environment).decide(create);
        CreateTableASOperation decided = (CreateTableASOperation) decision.operation();
        if (!decided.getCreateTableOperation().isTemporary()) {
            return decided;
        }
        statement.message(decision.message());
        return new Effects(session, environment)
                .createOnly(create, piece)
                .toSinkModifyOperation(environment.getCatalogManager());
    }
}
