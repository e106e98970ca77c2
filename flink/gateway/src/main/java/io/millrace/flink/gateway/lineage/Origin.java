package io.millrace.flink.gateway.lineage;

import io.millrace.api.sql.LineageKind;

/** One column that a value comes from, and how: IDENTITY, TRANSFORMATION or AGGREGATION. */
record Origin(SourceColumn column, LineageKind kind) {
    /** The same column, after something else was done with the value. */
    Origin after(LineageKind next) {
        return next.compareTo(kind) > 0 ? new Origin(column, next) : this;
    }
}
