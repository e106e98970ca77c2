package io.millrace.flink.gateway.lineage;

import io.millrace.api.sql.ObjectRef;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlMatchRecognize;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSnapshot;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.flink.sql.parser.dml.SqlExecute;
import org.apache.flink.sql.parser.dml.SqlStatementSet;
import org.apache.flink.sql.parser.impl.FlinkSqlParserImpl;
import org.apache.flink.sql.parser.validate.FlinkSqlConformance;
import org.apache.flink.table.catalog.CatalogManager;
import org.apache.flink.table.catalog.CatalogView;
import org.apache.flink.table.catalog.ContextResolvedTable;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.catalog.UnresolvedIdentifier;
import org.jspecify.annotations.Nullable;

import java.io.StringReader;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The views that a statement names, and those that they name. The planner's tree has only the tables below them. */
final class Views {
    private final CatalogManager catalogs;
    private final Set<String> tables;
    private final Map<String, ObjectRef> found = new TreeMap<>();

    private Views(CatalogManager catalogs, Set<String> tables) {
        this.catalogs = catalogs;
        this.tables = new HashSet<>(tables);
    }

    /**
     * In the order of their names.
     *
     * @param member which of the statements of a set is meant, if it is one
     * @param tables full names of what is known to be no view
     */
    static List<ObjectRef> in(String statement, int member, CatalogManager catalogs, Set<String> tables) {
        Views views = new Views(catalogs, tables);
        views.parse(statement, member);
        return List.copyOf(views.found.values());
    }

    private void parse(String sql, int member) {
        SqlParser.Config config = SqlParser.config()
                .withParserFactory(FlinkSqlParserImpl.FACTORY)
                .withQuoting(Quoting.BACK_TICK)
                .withQuotedCasing(Casing.UNCHANGED)
                .withUnquotedCasing(Casing.UNCHANGED)
                .withConformance(FlinkSqlConformance.DEFAULT);
        try {
            SqlNodeList statements =
                    SqlParser.create(new StringReader(sql), config).parseStmtList();
            for (SqlNode statement : statements) {
                SqlNode executed = statement instanceof SqlExecute execute ? execute.getStatement() : statement;
                boolean set = executed instanceof SqlStatementSet;
                visit(set ? ((SqlStatementSet) executed).getInserts().get(member) : executed, Set.of());
            }
        } catch (SqlParseException e) {
            throw new IllegalStateException("the planner has parsed it before: " + sql, e);
        }
    }

    /** {@code names} are those of the common table expressions around, which hide views. */
    private void visit(@Nullable SqlNode node, Set<String> names) {
        if (node instanceof SqlSelect select) {
            from(select.getFrom(), names);
            select.getOperandList().stream()
                    .filter(part -> part != select.getFrom())
                    .forEach(part -> visit(part, names));
        } else if (node instanceof SqlWith with) {
            Set<String> inside = new HashSet<>(names);
            for (SqlNode each : with.withList) {
                SqlWithItem item = (SqlWithItem) each;
                visit(item.query, inside);
                inside.add(item.name.getSimple());
            }
            visit(with.body, inside);
        } else if (node instanceof SqlCall call && call.getKind() == SqlKind.EXPLICIT_TABLE) {
            from(call.operand(0), names);
        } else if (node instanceof SqlCall call) {
            call.getOperandList().forEach(part -> visit(part, names));
        } else if (node instanceof SqlNodeList list) {
            list.forEach(part -> visit(part, names));
        }
    }

    private void from(@Nullable SqlNode node, Set<String> names) {
        if (node instanceof SqlIdentifier table) {
            named(table, names);
        } else if (node instanceof SqlJoin join) {
            from(join.getLeft(), names);
            from(join.getRight(), names);
            visit(join.getCondition(), names);
        } else if (node instanceof SqlSnapshot snapshot) {
            from(snapshot.getTableRef(), names);
        } else if (node instanceof SqlMatchRecognize match) {
            from(match.getTableRef(), names);
        } else if (node instanceof SqlBasicCall call && isWrapper(call)) {
            from(call.operand(0), names);
        } else if (node instanceof SqlCall call && call.getKind() == SqlKind.TABLE_REF) {
            from(call.operand(0), names);
        } else {
            visit(node, names);
        }
    }

    private static boolean isWrapper(SqlBasicCall call) {
        return switch (call.getKind()) {
            case AS, LATERAL, TABLESAMPLE -> true;
            default -> false;
        };
    }

    private void named(SqlIdentifier name, Set<String> names) {
        if ((name.isSimple() && names.contains(name.getSimple())) || name.names.size() > 3) {
            return;
        }
        ObjectIdentifier id = catalogs.qualifyIdentifier(UnresolvedIdentifier.of(name.names));
        if (!tables.add(id.asSummaryString())) {
            return;
        }
        Optional<ContextResolvedTable> table = catalogs.getTable(id);
        if (table.isPresent() && table.get().getTable() instanceof CatalogView view) {
            found.put(id.asSummaryString(), TableRefs.of(table.get()));
            parse(view.getExpandedQuery(), 0);
        }
    }
}
