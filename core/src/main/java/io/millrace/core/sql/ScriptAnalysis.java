package io.millrace.core.sql;

import io.millrace.core.error.Flaw;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a script is and touches.
 *
 * @param statements in order; those after a syntax error are missing
 * @param errors empty when every statement can be planned; lines and columns count from the start of the script
 * @param objects all tables, views and functions that the planner was handed; absent if nobody kept count
 */
public record ScriptAnalysis(
        List<ScriptStatement> statements, List<Flaw> errors, Optional<List<ScriptObject>> objects) {
    public ScriptAnalysis {
        statements = List.copyOf(statements);
        errors = List.copyOf(errors);
        objects = objects.map(List::copyOf);
    }

    /** Without count of what the planner was handed. */
    public ScriptAnalysis(List<ScriptStatement> statements, List<Flaw> errors) {
        this(statements, errors, Optional.empty());
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
