package io.millrace.flink.gateway.lineage;

import io.millrace.api.sql.ObjectRef;
import io.millrace.flink.catalog.References;
import org.apache.flink.table.catalog.ContextResolvedTable;
import org.apache.flink.table.catalog.ObjectIdentifier;

/** Flink's tables in the words of our contract. */
public final class TableRefs {
    private TableRefs() {}

    public static ObjectRef of(ContextResolvedTable table) {
        ObjectIdentifier id = table.getIdentifier();
        return new ObjectRef(
                id.getCatalogName(),
                id.getDatabaseName(),
                id.getObjectName(),
                References.refOf(table.getTable().getOptions()).orElse(null),
                table.isTemporary());
    }

    static String path(ObjectRef table) {
        return ObjectIdentifier.of(table.catalog(), table.database(), table.name())
                .asSummaryString();
    }

    /** A table that is not there yet. */
    public static ObjectRef of(ObjectIdentifier id, boolean temporary) {
        return new ObjectRef(id.getCatalogName(), id.getDatabaseName(), id.getObjectName(), null, temporary);
    }
}
