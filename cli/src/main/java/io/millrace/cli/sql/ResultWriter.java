package io.millrace.cli.sql;

import io.millrace.api.sql.ResultColumn;
import io.millrace.api.sql.ResultRow;

import java.util.List;

/** Writes the result of one statement as it arrives. */
interface ResultWriter {
    /** A row that is added, in contrast to one that changes or removes an earlier one. */
    String INSERTED = "+I";

    /** Called once, before the first rows, and only for a statement that has a result. */
    void begin(List<ResultColumn> columns);

    void rows(List<ResultRow> rows);

    /** No rows arrived for a moment: what was held back must be seen now. */
    void pause();

    /** Called once after {@link #begin}. */
    void end();
}
