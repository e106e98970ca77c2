package io.millrace.cli.sql;

import io.millrace.api.sql.SqlStatementView;
import io.millrace.api.text.Durations;
import io.millrace.cli.console.DisplayText;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.IntSupplier;

/** One line that says how far a query is, written over and over again and wiped before anything else is printed. */
final class Progress {
    /** Most statements end sooner; a line that only flickers tells nobody anything. */
    private static final long SHOWN_AFTER_MILLIS = 500;

    private static final String WIPE = "\r\u001b[K";

    private final PrintWriter terminal;
    private final IntSupplier columns;
    private final boolean enabled;
    private boolean shown;

    private Progress(PrintWriter terminal, IntSupplier columns, boolean enabled) {
        this.terminal = terminal;
        this.columns = columns;
        this.enabled = enabled;
    }

    static Progress on(PrintWriter terminal, IntSupplier columns) {
        return new Progress(terminal, columns, true);
    }

    static Progress none(PrintWriter anywhere) {
        return new Progress(anywhere, () -> 0, false);
    }

    boolean enabled() {
        return enabled;
    }

    void update(SqlStatementView statement) {
        if (enabled && statement.elapsedMillis() >= SHOWN_AFTER_MILLIS) {
            String line = text(statement);
            terminal.print(WIPE + DisplayText.fit(line, Math.max(20, columns.getAsInt() - 1)));
            terminal.flush();
            shown = true;
        }
    }

    void clear() {
        if (shown) {
            terminal.print(WIPE);
            terminal.flush();
            shown = false;
        }
    }

    private static String text(SqlStatementView statement) {
        String job = statement.flinkJobId() == null ? "" : " · Flink job " + statement.flinkJobId();
        return Durations.exact(statement.elapsedMillis()) + " · " + rows(statement.rowCount()) + job
                + " · Ctrl-C cancels";
    }

    static String rows(long count) {
        return count == 1 ? "1 row" : String.format(Locale.ROOT, "%,d rows", count);
    }
}
