package io.millrace.flink.gateway.lineage;

import io.millrace.api.sql.Lineage;
import io.millrace.api.sql.LineageColumn;
import io.millrace.api.sql.ObjectRef;
import org.apache.calcite.rel.RelNode;
import org.apache.flink.table.catalog.CatalogManager;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ContextResolvedTable;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.delegation.Parser;
import org.apache.flink.table.operations.CreateTableASOperation;
import org.apache.flink.table.operations.Operation;
import org.apache.flink.table.operations.QueryOperation;
import org.apache.flink.table.operations.SinkModifyOperation;
import org.apache.flink.table.operations.StatementSetOperation;
import org.apache.flink.table.operations.ddl.CreateViewOperation;
import org.apache.flink.table.planner.operations.PlannerQueryOperation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The lineage of parsed statements. Never throws for a statement that the planner takes: what fails is incomplete. */
public final class Lineages {
    private static final Logger LOG = LoggerFactory.getLogger(Lineages.class);

    /** More edges than this say nothing to people and are kept by table only. */
    private static final int MOST_EDGES = 50_000;

    private final CatalogManager catalogs;
    private final Parser parser;

    public Lineages(CatalogManager catalogs, Parser parser) {
        this.catalogs = catalogs;
        this.parser = parser;
    }

    /**
     * One for each table written or view made, in order.
     *
     * @param reads the same, but for CREATE VIEW the query of the view
     * @param texts the statement, or the members of a block in order
     */
    public List<Lineage> of(Operation operation, Operation reads, List<String> texts) {
        List<Lineage> lineages = new ArrayList<>();
        if (operation instanceof StatementSetOperation set) {
            boolean block = texts.size() == set.getOperations().size();
            for (int i = 0; i < set.getOperations().size(); i++) {
                // A block has a text for each member; EXECUTE STATEMENT SET is one text.
                Text text = block ? new Text(texts.get(i), 0) : new Text(texts.get(0), i);
                one(set.getOperations().get(i), reads, text).ifPresent(lineages::add);
            }
        } else {
            one(operation, reads, new Text(texts.get(0), 0)).ifPresent(lineages::add);
        }
        return lineages;
    }

    /** A statement as written, or one member of a set of them. */
    private record Text(String sql, int member) {}

    private Optional<Lineage> one(Operation operation, Operation reads, Text text) {
        if (operation instanceof SinkModifyOperation sink) {
            ContextResolvedTable table = sink.getContextResolvedTable();
            List<String> columns = table.getResolvedSchema().getColumns().stream()
                    .filter(Column::isPersisted)
                    .map(Column::getName)
                    .toList();
            return Optional.of(of(TableRefs.of(table), columns, sink.getChild(), text));
        } else if (operation instanceof CreateTableASOperation create) {
            ObjectIdentifier id = create.getCreateTableOperation().getTableIdentifier();
            List<String> declared =
                    create.getCreateTableOperation().getCatalogTable().getUnresolvedSchema().getColumns().stream()
                            .map(column -> column.getName())
                            .toList();
            return Optional.of(of(TableRefs.of(id, false), declared, create.getChild(), text));
        } else if (operation instanceof CreateViewOperation view) {
            List<String> columns = view.getCatalogView().getUnresolvedSchema().getColumns().stream()
                    .map(column -> column.getName())
                    .toList();
            if (reads instanceof QueryOperation child) {
                ObjectRef target = TableRefs.of(view.getViewIdentifier(), view.isTemporary());
                return Optional.of(of(
                        target, columns, child, new Text(view.getCatalogView().getExpandedQuery(), 0)));
            }
        }
        return Optional.empty();
    }

    private Lineage of(ObjectRef target, List<String> names, QueryOperation query, Text text) {
        if (!(query instanceof PlannerQueryOperation planned)) {
            return unknown(
                    target,
                    names,
                    "The query is no query of the planner: " + query.getClass().getSimpleName());
        }
        RelNode tree = planned.getCalciteTree();
        List<String> fields = tree.getRowType().getFieldNames();
        List<String> columns = names.size() == fields.size() ? names : fields;
        try {
            Findings plain = new Findings();
            List<LineageColumn> found = columns(columns, tree, new ViewTrees(), plain);
            List<ObjectRef> views = views(plain, text);
            if (views.isEmpty()) {
                return lineage(target, found, plain);
            }
            ViewTrees trees = trees(views);
            Findings findings = new Findings();
            found = columns(columns, tree, trees, findings);
            views.forEach(view -> findings.view(TableRefs.path(view), view));
            trees.unseen()
                    .forEach(view -> findings.incomplete(
                            "Which columns of view '" + TableRefs.path(view) + "' are used could not be found out."));
            return lineage(target, found, findings);
        } catch (RuntimeException e) {
            LOG.warn("lineage of a statement failed, please report it: {}", e.toString(), e);
            return unknown(target, columns, "The lineage could not be found out: " + e);
        }
    }

    /** Every column, without what it comes from. */
    private static Lineage unknown(ObjectRef target, List<String> names, String reason) {
        Findings findings = new Findings();
        findings.incomplete(reason);
        List<LineageColumn> columns = names.stream()
                .map(name -> new LineageColumn(name, "", List.of()))
                .toList();
        return lineage(target, columns, findings);
    }

    private ViewTrees trees(List<ObjectRef> views) {
        ViewTrees trees = new ViewTrees();
        for (ObjectRef view : views) {
            if (!view.temporary()) {
                String name = ObjectIdentifier.of(view.catalog(), view.database(), view.name())
                        .asSerializableString();
                Operation all = parser.parse("SELECT * FROM " + name).get(0);
                trees.add(view, ((PlannerQueryOperation) all).getCalciteTree());
            }
        }
        return trees;
    }

    private static List<LineageColumn> columns(List<String> names, RelNode tree, ViewTrees views, Findings findings) {
        List<Derived> values = new RelLineage(findings, tree.getCluster().getTypeFactory(), views).of(tree);
        long edges = values.stream().mapToLong(value -> value.origins().size()).sum();
        boolean tooMany = edges > MOST_EDGES;
        if (tooMany) {
            findings.incomplete(
                    "There are " + edges + " edges between columns, more than the " + MOST_EDGES + " that are kept.");
        }
        List<LineageColumn> columns = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            Derived value = values.get(i);
            findings.mention(value);
            Set<Origin> origins = tooMany ? Set.of() : value.origins();
            columns.add(new LineageColumn(names.get(i), value.text(), Findings.sources(origins)));
        }
        return columns;
    }

    private List<ObjectRef> views(Findings findings, Text text) {
        Set<String> tables = findings.inputs().stream()
                .map(input -> TableRefs.path(input.table()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return Views.in(text.sql(), text.member(), catalogs, tables);
    }

    private static Lineage lineage(ObjectRef target, List<LineageColumn> columns, Findings findings) {
        return new Lineage(
                target,
                findings.inputs(),
                columns,
                findings.indirect(),
                findings.reasons().isEmpty(),
                findings.reasons());
    }
}
