package io.millrace.core.sql;

import io.millrace.core.error.Flaw;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a script is and touches.
 *
 * @param statements in order; those after a syntax error are missing
 * @param errors empty when every statement can be planned; lines and columns count from the start of the script
 */
public record ScriptAnalysis(List<ScriptStatement> statements, List<Flaw> errors) {
    public ScriptAnalysis {
        statements = List.copyOf(statements);
        errors = List.copyOf(errors);
    }

    public boolean valid() {
        return errors.isEmpty();
    }

    /** The metastore references of everything that is read or written, in the order of the script. */
    public Set<String> refs() {
        return statements.stream()
                .flatMap(statement -> List.of(statement.reads(), statement.writes()).stream())
                .flatMap(List::stream)
                .flatMap(use -> use.ref().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
