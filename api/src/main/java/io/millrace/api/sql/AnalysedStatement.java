package io.millrace.api.sql;

import java.util.List;

/**
 * One statement of a script.
 *
 * @param kind the Flink operation, such as {@code INSERT}
 * @param text the statement as written, without the closing semicolon
 * @param span where it stands
 * @param reads tables and views read
 * @param writes tables written
 * @param functions full names of user functions called
 * @param lineage where the columns of each table written or view made come from; empty for other statements
 */
public record AnalysedStatement(
        String kind,
        StatementClass type,
        String text,
        Span span,
        List<ObjectRef> reads,
        List<ObjectRef> writes,
        List<String> functions,
        List<Lineage> lineage) {}
