package io.millrace.flink.catalog;

import org.apache.flink.table.catalog.TableChange;
import org.apache.flink.table.catalog.exceptions.CatalogException;

import java.util.List;
import java.util.Set;

/**
 * Knows every kind of change that ALTER TABLE makes. The new table that Flink hands over contains them already; what
 * matters here is that a kind which our definitions cannot hold is refused and never dropped silently.
 */
final class TableChanges {
    private static final Set<Class<? extends TableChange>> HELD = Set.of(
            TableChange.AddColumn.class,
            TableChange.ModifyColumn.class,
            TableChange.ModifyColumnName.class,
            TableChange.ModifyColumnComment.class,
            TableChange.ModifyColumnPosition.class,
            TableChange.ModifyPhysicalColumnType.class,
            TableChange.DropColumn.class,
            TableChange.AddUniqueConstraint.class,
            TableChange.ModifyUniqueConstraint.class,
            TableChange.DropConstraint.class,
            TableChange.AddWatermark.class,
            TableChange.ModifyWatermark.class,
            TableChange.DropWatermark.class,
            TableChange.ModifyTableComment.class,
            TableChange.SetOption.class,
            TableChange.ResetOption.class);

    private TableChanges() {}

    static void check(List<TableChange> changes) {
        for (TableChange change : changes) {
            if (change.getClass().getSimpleName().contains("Distribution")) {
                throw new CatalogException("DISTRIBUTED BY is not supported by Millrace's catalogs.");
            }
            if (!HELD.contains(change.getClass())) {
                throw new CatalogException("Millrace's catalogs do not support this change of a table: "
                        + change.getClass().getSimpleName() + ".");
            }
            checkKey(change);
        }
    }

    private static void checkKey(TableChange change) {
        String key = "";
        if (change instanceof TableChange.SetOption set) {
            key = set.getKey();
        } else if (change instanceof TableChange.ResetOption reset) {
            key = reset.getKey();
        }
        if (References.isOurs(key)) {
            throw new CatalogException("Option '" + key + "' belongs to the platform and cannot be altered.");
        }
    }
}
