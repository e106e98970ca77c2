package io.millrace.server.catalog;

import io.millrace.api.catalog.CatalogState;
import io.millrace.api.catalog.CatalogView;
import io.millrace.api.catalog.ColumnKind;
import io.millrace.api.catalog.ColumnView;
import io.millrace.api.catalog.DatabaseView;
import io.millrace.api.catalog.PrimaryKeyView;
import io.millrace.api.catalog.TableDefinition;
import io.millrace.api.catalog.TableKind;
import io.millrace.api.catalog.TableSummary;
import io.millrace.api.catalog.TableView;
import io.millrace.api.catalog.ViewText;
import io.millrace.api.catalog.WatermarkView;
import io.millrace.core.catalog.Alteration;
import io.millrace.core.catalog.Column;
import io.millrace.core.catalog.Database;
import io.millrace.core.catalog.ListedTable;
import io.millrace.core.catalog.PrimaryKey;
import io.millrace.core.catalog.Table;
import io.millrace.core.catalog.TableName;
import io.millrace.core.catalog.TableSpec;
import io.millrace.core.catalog.ViewQuery;
import io.millrace.core.catalog.Watermark;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Wire records to domain values and back. */
final class CatalogViews {
    private CatalogViews() {}

    static CatalogView of(Catalog catalog) {
        Optional<Outage.Down> down = catalog.outage();
        return new CatalogView(
                catalog.name().value(),
                catalog.about().kind(),
                catalog.about().comment(),
                down.isPresent() ? CatalogState.UNAVAILABLE : CatalogState.AVAILABLE,
                down.map(Outage.Down::since).orElse(null),
                down.map(Outage.Down::reason).orElse(null));
    }

    static DatabaseView of(Database database) {
        return of(database, Optional.empty());
    }

    static DatabaseView of(Database database, Optional<Outage.Down> down) {
        return new DatabaseView(
                database.path().catalog().value(),
                database.name().value(),
                database.comment(),
                database.asOf().orElse(null),
                down.map(Outage.Down::since).orElse(null),
                down.map(Outage.Down::reason).orElse(null));
    }

    static TableSummary of(ListedTable head) {
        return new TableSummary(
                head.name().value(),
                head.view() ? TableKind.VIEW : TableKind.TABLE,
                head.comment(),
                head.asOf().orElse(null));
    }

    static TableView of(Table table) {
        return new TableView(
                table.id().value(),
                table.version(),
                table.ref().toString(),
                table.path().parent().catalog().value(),
                table.path().parent().database().value(),
                definition(table));
    }

    static TableDefinition definition(Table table) {
        TableSpec spec = table.spec();
        return new TableDefinition(
                table.path().table().value(),
                spec.isView() ? TableKind.VIEW : TableKind.TABLE,
                columns(table),
                spec.primaryKey()
                        .map(key -> new PrimaryKeyView(key.name(), key.columns()))
                        .orElse(null),
                spec.watermarks().stream()
                        .map(each -> new WatermarkView(each.column(), each.expression()))
                        .toList(),
                spec.partitionKeys(),
                spec.options(),
                spec.comment().orElse(null),
                spec.view()
                        .map(view -> new ViewText(view.original(), view.expanded()))
                        .orElse(null));
    }

    /** Reads a definition that a caller sent. */
    static TableSpec spec(TableDefinition wire) {
        boolean view = wire.kind() == TableKind.VIEW;
        if (wire.kind() == null || view != (wire.view() != null)) {
            throw invalid("/kind", "A definition of kind VIEW has the view's text, any other has none.");
        }
        return new TableSpec(
                wire.columns().stream().map(CatalogViews::column).toList(),
                Optional.ofNullable(wire.primaryKey()).map(key -> new PrimaryKey(key.name(), key.columns())),
                wire.watermarks().stream()
                        .map(each -> new Watermark(each.column(), each.expression()))
                        .toList(),
                wire.partitionKeys(),
                wire.options(),
                Optional.ofNullable(wire.comment()),
                Optional.ofNullable(wire.view()).map(text -> new ViewQuery(text.original(), text.expanded())));
    }

    /** Reads what a caller wants a table to become. */
    static Alteration alteration(TableDefinition wire) {
        Map<String, Integer> ids = new HashMap<>();
        for (ColumnView column : wire.columns()) {
            Integer id = column.id();
            if (id != null) {
                ids.put(column.name(), id);
            }
        }
        return new Alteration(name(wire.name(), TableName::new), spec(wire), ids);
    }

    /** Reads a name that a caller sent in a body. */
    static <T> T name(@Nullable String text, Function<String, T> type) {
        if (text == null) {
            throw invalid("/name", "A name is required.");
        }
        try {
            return type.apply(text);
        } catch (IllegalArgumentException e) {
            throw invalid("/name", String.valueOf(e.getMessage()));
        }
    }

    private static MillraceException invalid(String pointer, String sentence) {
        return new MillraceException(ErrorCode.TABLE_INVALID, sentence, List.of(Flaw.at(pointer, sentence)));
    }

    private static List<ColumnView> columns(Table table) {
        List<ColumnView> columns = new ArrayList<>();
        for (int i = 0; i < table.spec().columns().size(); i++) {
            columns.add(column(
                    table.columnIds().inOrder().get(i), table.spec().columns().get(i)));
        }
        return columns;
    }

    private static ColumnView column(Integer id, Column column) {
        return new ColumnView(
                id,
                column.name(),
                ColumnKind.valueOf(column.kind().name()),
                column.type().orElse(null),
                column.expression().orElse(null),
                column.metadataKey().orElse(null),
                column.virtual(),
                column.comment().orElse(null));
    }

    private static Column column(ColumnView wire) {
        return new Column(
                wire.name(),
                io.millrace.core.catalog.ColumnKind.valueOf(wire.kind().name()),
                Optional.ofNullable(wire.type()),
                Optional.ofNullable(wire.expression()),
                Optional.ofNullable(wire.metadataKey()),
                wire.virtual(),
                Optional.ofNullable(wire.comment()));
    }
}
