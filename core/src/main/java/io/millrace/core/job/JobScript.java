package io.millrace.core.job;

import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.core.sql.ScriptAnalysis;
import io.millrace.core.sql.ScriptStatement;
import io.millrace.core.sql.StatementClass;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What a script may hold to be a job: settings and temporary objects, then what writes rows. */
public final class JobScript {
    private static final String POINTER = "/script";

    private JobScript() {}

    /**
     * Throws unless a job can be made of it.
     *
     * @throws MillraceException SQL_INVALID when it cannot be planned, JOB_INVALID when it is no job
     */
    public static void check(ScriptAnalysis analysis) {
        if (!analysis.valid()) {
            List<Flaw> flaws =
                    analysis.errors().stream().map(JobScript::ofScript).toList();
            throw new MillraceException(ErrorCode.SQL_INVALID, sentence(flaws.get(0)), flaws);
        }
        List<Flaw> flaws = new ArrayList<>();
        for (ScriptStatement statement : analysis.statements()) {
            refusal(statement).ifPresent(why -> flaws.add(at(statement, why)));
        }
        boolean writes = analysis.statements().stream().anyMatch(each -> each.type() == StatementClass.SINK);
        if (flaws.isEmpty() && !writes) {
            flaws.add(Flaw.at(POINTER, "The script writes nothing.", "End it with INSERT INTO … SELECT …"));
        }
        if (!flaws.isEmpty()) {
            throw new MillraceException(ErrorCode.JOB_INVALID, sentence(flaws.get(0)), flaws);
        }
    }

    private static Optional<String> refusal(ScriptStatement statement) {
        return switch (statement.type()) {
            case SETTING, TEMPORARY, SINK -> Optional.empty();
            case CATALOG ->
                Optional.of("A job cannot change the catalog (" + statement.kind()
                        + "): run this statement once at the prompt, or make the object TEMPORARY.");
            case QUERY -> Optional.of("A job shows no rows: write INSERT INTO before the query.");
            case INFO -> Optional.of("A job shows nothing (" + statement.kind() + "): run this at the prompt.");
            case REFUSED -> Optional.of("Millrace does not run " + statement.kind() + ".");
        };
    }

    private static Flaw at(ScriptStatement statement, String why) {
        return new Flaw(
                POINTER, why, OptionalInt.of(statement.line()), OptionalInt.of(statement.column()), Optional.empty());
    }

    private static Flaw ofScript(Flaw flaw) {
        return new Flaw(POINTER, flaw.message(), flaw.line(), flaw.column(), flaw.hint());
    }

    private static String sentence(Flaw flaw) {
        return flaw.line().isPresent() ? "Line " + flaw.line().getAsInt() + ": " + flaw.message() : flaw.message();
    }
}
