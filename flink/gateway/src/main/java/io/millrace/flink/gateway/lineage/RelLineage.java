package io.millrace.flink.gateway.lineage;

import io.millrace.api.sql.LineageKind;
import io.millrace.api.sql.ObjectRef;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Match;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Snapshot;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Uncollect;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.flink.table.planner.calcite.FlinkTypeFactory;
import org.apache.flink.table.planner.plan.nodes.calcite.WatermarkAssigner;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Where the columns of each node of a tree come from, from the leaves up. */
final class RelLineage {
    private final Findings findings;
    private final Scans scans;
    private final TableFunctions functions;
    private final RelDataTypeFactory types;
    private final ViewTrees views;

    RelLineage(Findings findings, RelDataTypeFactory types, ViewTrees views) {
        this.findings = findings;
        this.views = views;
        this.scans = new Scans(findings);
        this.functions = new TableFunctions(this, findings);
        this.types = types;
    }

    RelDataTypeFactory types() {
        return types;
    }

    List<Derived> of(RelNode node) {
        return of(node, Scope.EMPTY);
    }

    /** One value for each column of {@code node}; those of a view come from the view's columns too. */
    List<Derived> of(RelNode node, Scope scope) {
        List<ObjectRef> here = views.at(node);
        if (here.isEmpty()) {
            return inside(node, scope);
        }
        List<Derived> columns = findings.insideView(() -> inside(node, scope));
        List<String> names = node.getRowType().getFieldNames();
        for (ObjectRef view : here) {
            int input = findings.view(TableRefs.path(view), view);
            List<Derived> from = columns;
            columns = IntStream.range(0, columns.size())
                    .mapToObj(i -> from.get(i).also(new SourceColumn(input, names.get(i))))
                    .toList();
        }
        return columns;
    }

    private List<Derived> inside(RelNode node, Scope scope) {
        List<Derived> columns = columns(node, scope);
        if (columns.size() != node.getRowType().getFieldCount()) {
            return everything(node, columns);
        }
        return columns;
    }

    private List<Derived> columns(RelNode node, Scope scope) {
        if (node instanceof TableScan scan) {
            return scans.read(scan);
        } else if (node instanceof Project project) {
            return project(project, scope);
        } else if (node instanceof Filter filter) {
            return filter(filter, scope);
        } else if (node instanceof Join join) {
            return join(join, scope);
        } else if (node instanceof Correlate correlate) {
            return correlate(correlate, scope);
        } else if (node instanceof Aggregate aggregate) {
            return aggregate(aggregate, scope);
        } else if (node instanceof SetOp set) {
            return set(set, scope);
        } else if (node instanceof Sort sort) {
            return sort(sort, scope);
        } else if (node instanceof Values values) {
            return values(values);
        } else if (node instanceof Snapshot snapshot) {
            return snapshot(snapshot, scope);
        } else if (node instanceof WatermarkAssigner) {
            return of(node.getInput(0), scope);
        } else if (node instanceof Uncollect uncollect) {
            return functions.uncollect(uncollect, of(uncollect.getInput(), scope));
        } else if (node instanceof TableFunctionScan scan) {
            return functions.scan(scan, scope);
        } else if (node instanceof Match match) {
            return new Patterns(this, findings).match(match, of(match.getInput(), scope), scope);
        }
        return unknown(node, node.getRelTypeName(), scope);
    }

    /** All columns come from all columns of all inputs. */
    List<Derived> unknown(RelNode node, String name, Scope scope) {
        findings.notUnderstood(name);
        List<Derived> all = new ArrayList<>();
        node.getInputs().forEach(input -> all.addAll(of(input, scope)));
        return everything(node, all);
    }

    private List<Derived> everything(RelNode node, List<Derived> all) {
        all.forEach(findings::mention);
        Derived mixed = Derived.of(all, LineageKind.TRANSFORMATION, node.getRelTypeName() + "(…)", true);
        return node.getRowType().getFieldNames().stream()
                .map(name -> mixed.called(node.getRelTypeName() + "(…)." + name))
                .toList();
    }

    RexLineage over(List<Derived> row, Scope scope) {
        return new RexLineage(this, findings, row, scope);
    }

    /** The scope inside a sub-query: rows of the surrounding node that it refers to, and those from further out. */
    Scope enter(RelNode query, List<Derived> row, Scope scope) {
        Scope inside = scope;
        for (CorrelationId id : RelOptUtil.getVariablesUsed(query)) {
            if (inside.row(id) == null) {
                inside = inside.with(id, row);
            }
        }
        return inside;
    }

    private List<Derived> project(Project project, Scope scope) {
        Optional<TableScan> declared = Scans.declaredBy(project);
        if (declared.isPresent()) {
            return scans.declared(declared.get(), project.getProjects());
        }
        RexLineage row = over(of(project.getInput(), scope), scope);
        return project.getProjects().stream().map(row::of).toList();
    }

    /** A condition that refers to a row outside, or stands in a temporal join, joins; others filter. */
    private List<Derived> filter(Filter filter, Scope scope) {
        List<Derived> row = of(filter.getInput(), scope);
        for (RexNode condition : RelOptUtil.conjunctions(filter.getCondition())) {
            boolean joins = filter.getInput() instanceof Snapshot || refersOutside(condition);
            LineageKind kind = joins ? LineageKind.JOIN : LineageKind.FILTER;
            over(row, scope).decides(kind, condition);
        }
        return row;
    }

    private static boolean refersOutside(RexNode condition) {
        boolean[] found = {false};
        RexNode unused = condition.accept(new RexShuttle() {
            @Override
            public RexNode visitCorrelVariable(RexCorrelVariable variable) {
                found[0] = true;
                return variable;
            }
        });
        return found[0];
    }

    private List<Derived> join(Join join, Scope scope) {
        List<Derived> left = of(join.getLeft(), scope);
        List<Derived> both = new ArrayList<>(left);
        both.addAll(of(join.getRight(), scope));
        over(both, scope).decides(LineageKind.JOIN, join.getCondition());
        return join.getJoinType().projectsRight() ? both : left;
    }

    private List<Derived> correlate(Correlate correlate, Scope scope) {
        List<Derived> left = of(correlate.getLeft(), scope);
        List<Derived> right = of(correlate.getRight(), scope.with(correlate.getCorrelationId(), left));
        JoinRelType type = correlate.getJoinType();
        if (!type.projectsRight()) {
            return left;
        }
        List<Derived> both = new ArrayList<>(left);
        both.addAll(right);
        return both;
    }

    private List<Derived> aggregate(Aggregate aggregate, Scope scope) {
        List<Derived> row = of(aggregate.getInput(), scope);
        List<Derived> columns = new ArrayList<>();
        for (int key : aggregate.getGroupSet()) {
            Derived value = row.get(key);
            findings.indirect(TableFunctions.isWindow(value) ? LineageKind.WINDOW : LineageKind.GROUP_BY, value);
            columns.add(value);
        }
        aggregate.getAggCallList().forEach(call -> columns.add(call(call, row)));
        return columns;
    }

    private Derived call(AggregateCall call, List<Derived> row) {
        List<Derived> values = call.getArgList().stream().map(row::get).toList();
        values.forEach(findings::mention);
        String text = RexText.aggregate(RexText.name(call.getAggregation()), call.isDistinct(), values);
        Derived value = Derived.of(values, LineageKind.AGGREGATION, text, true);
        if (call.hasFilter()) {
            Derived filter = row.get(call.filterArg);
            String where = filter.text().replaceFirst("^\\((.*)\\) IS TRUE$", "$1");
            value = findings.chosen(LineageKind.FILTER, filter, value.called(text + " FILTER (WHERE " + where + ")"));
        }
        for (RelFieldCollation key : call.getCollation().getFieldCollations()) {
            value = findings.chosen(LineageKind.SORT, row.get(key.getFieldIndex()), value);
        }
        return value;
    }

    /** UNION and INTERSECT give values of all inputs; EXCEPT those of the first, decided by the others. */
    private List<Derived> set(SetOp set, Scope scope) {
        List<List<Derived>> inputs =
                set.getInputs().stream().map(input -> of(input, scope)).toList();
        List<Derived> columns = new ArrayList<>();
        for (int i = 0; i < set.getRowType().getFieldCount(); i++) {
            int column = i;
            List<Derived> values =
                    inputs.stream().map(input -> input.get(column)).toList();
            if (set instanceof Union || set instanceof Intersect) {
                List<String> texts =
                        values.stream().map(Derived::text).distinct().toList();
                String text = String.join(set instanceof Union ? " UNION " : " INTERSECT ", texts);
                columns.add(Derived.of(values, LineageKind.IDENTITY, text, texts.size() == 1));
            } else {
                values.stream().skip(1).forEach(value -> findings.indirect(LineageKind.FILTER, value));
                columns.add(values.get(0));
            }
        }
        return columns;
    }

    private List<Derived> sort(Sort sort, Scope scope) {
        List<Derived> row = of(sort.getInput(), scope);
        sort.getCollation()
                .getFieldCollations()
                .forEach(key -> findings.indirect(LineageKind.SORT, row.get(key.getFieldIndex())));
        return row;
    }

    private static List<Derived> values(Values values) {
        List<Derived> columns = new ArrayList<>();
        for (int i = 0; i < values.getRowType().getFieldCount(); i++) {
            columns.add(Derived.constant(
                    values.tuples.size() == 1
                            ? RexText.literal(values.tuples.get(0).get(i))
                            : "VALUES"));
        }
        return columns;
    }

    private List<Derived> snapshot(Snapshot snapshot, Scope scope) {
        List<Derived> row = of(snapshot.getInput(), scope);
        if (!RexUtil.isConstant(snapshot.getPeriod())) {
            over(row, scope).decides(LineageKind.JOIN, snapshot.getPeriod());
        }
        boolean byEventTime =
                FlinkTypeFactory.isRowtimeIndicatorType(snapshot.getPeriod().getType());
        if (byEventTime && snapshot.getInput() instanceof WatermarkAssigner versions) {
            findings.indirect(LineageKind.JOIN, row.get(versions.rowtimeFieldIndex()));
        }
        return row;
    }
}
