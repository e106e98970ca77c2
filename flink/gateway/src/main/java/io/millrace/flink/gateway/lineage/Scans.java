package io.millrace.flink.gateway.lineage;

import io.millrace.api.sql.LineageKind;
import io.millrace.api.sql.ObjectRef;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexNode;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.Column.ComputedColumn;
import org.apache.flink.table.catalog.Column.MetadataColumn;
import org.apache.flink.table.catalog.ContextResolvedTable;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.planner.plan.schema.TableSourceTable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tables as they were declared. Flink reads physical columns and metadata and puts a projection above that makes the
 * declared columns; the two together are the table. A computed column counts as itself and as what it is computed from.
 */
final class Scans {
    private static final String METADATA_PREFIX = "$metadata$";

    private final Findings findings;

    Scans(Findings findings) {
        this.findings = findings;
    }

    /** The declared columns, if {@code project} is the projection that Flink adds to a scan. */
    static Optional<TableScan> declaredBy(Project project) {
        RelNode below = project.getInput();
        if (!(below instanceof TableScan scan)) {
            return Optional.empty();
        }
        TableSourceTable table = scan.getTable().unwrap(TableSourceTable.class);
        if (table == null) {
            return Optional.empty();
        }
        ResolvedSchema schema = schema(table);
        boolean plain = schema.getColumns().stream().allMatch(Column::isPhysical);
        return plain || !schema.getColumnNames().equals(project.getRowType().getFieldNames())
                ? Optional.empty()
                : Optional.of(scan);
    }

    private static ResolvedSchema schema(TableSourceTable table) {
        return table.contextResolvedTable().getResolvedSchema();
    }

    /** What a scan gives by itself: physical columns, then metadata. */
    List<Derived> read(TableScan scan) {
        TableSourceTable table = scan.getTable().unwrap(TableSourceTable.class);
        if (table == null) {
            return unknown(scan);
        }
        int input = input(table.contextResolvedTable());
        List<Derived> fields = new ArrayList<>();
        ResolvedSchema schema = schema(table);
        List<String> physical = schema.getColumns().stream()
                .filter(Column::isPhysical)
                .map(Column::getName)
                .toList();
        for (String field : scan.getRowType().getFieldNames()) {
            String name = fields.size() < physical.size() ? physical.get(fields.size()) : metadata(schema, field);
            fields.add(Derived.column(new SourceColumn(input, name)));
        }
        return fields;
    }

    private static String metadata(ResolvedSchema schema, String field) {
        String key = field.startsWith(METADATA_PREFIX) ? field.substring(METADATA_PREFIX.length()) : field;
        return schema.getColumns().stream()
                .filter(MetadataColumn.class::isInstance)
                .map(MetadataColumn.class::cast)
                .filter(column ->
                        column.getMetadataKey().orElse(column.getName()).equals(key))
                .map(Column::getName)
                .findFirst()
                .orElse(field);
    }

    /** The declared columns; {@code projects} is what Flink adds, which no statement mentions. */
    List<Derived> declared(TableScan scan, List<RexNode> projects) {
        List<Derived> read = read(scan);
        ContextResolvedTable table =
                scan.getTable().unwrap(TableSourceTable.class).contextResolvedTable();
        int input = input(table);
        List<Derived> fields = new ArrayList<>();
        for (Column column : table.getResolvedSchema().getColumns()) {
            Derived self = Derived.column(new SourceColumn(input, column.getName()));
            if (column instanceof ComputedColumn) {
                List<Derived> parts = RelOptUtil.InputFinder.bits(projects.get(fields.size())).asList().stream()
                        .map(read::get)
                        .toList();
                Derived made = Derived.of(parts, LineageKind.TRANSFORMATION, column.getName(), true);
                fields.add(Derived.of(List.of(self, made), LineageKind.IDENTITY, column.getName(), true));
            } else {
                fields.add(self);
            }
        }
        return fields;
    }

    private int input(ContextResolvedTable table) {
        return findings.input(table.getIdentifier().asSummaryString(), TableRefs.of(table));
    }

    private List<Derived> unknown(TableScan scan) {
        String name = String.join(".", scan.getTable().getQualifiedName());
        findings.incomplete("Table '" + name + "' is no table of a catalog.");
        List<String> path = scan.getTable().getQualifiedName();
        int input = findings.input(name, new ObjectRef(part(path, 3), part(path, 2), part(path, 1), null, true));
        return scan.getRowType().getFieldNames().stream()
                .map(field -> new Derived(
                        Set.of(new Origin(new SourceColumn(input, field), LineageKind.IDENTITY)), field, true))
                .toList();
    }

    private static String part(List<String> path, int fromEnd) {
        return path.size() < fromEnd ? "" : path.get(path.size() - fromEnd);
    }
}
