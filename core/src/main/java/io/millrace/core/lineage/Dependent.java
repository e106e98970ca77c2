package io.millrace.core.lineage;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Somebody who reads a table.
 *
 * @param columns those of the asked columns that are read, or all that are read when none was asked for; empty when it
 *     is not known which, so that it may be any
 * @param kinds what they are used for; empty when nothing comes of them
 */
public record Dependent(Maker maker, int line, Set<String> columns, Set<LineageKind> kinds) {
    public Dependent {
        columns = Collections.unmodifiableSet(new TreeSet<>(columns));
        kinds = Collections.unmodifiableSet(new TreeSet<>(kinds));
    }

    /** The readers of a table, of the given columns if there are any, in the order of the flows. */
    public static List<Dependent> among(List<MadeFlow> flows, String table, Set<String> columns) {
        return flows.stream().flatMap(made -> of(made, table, columns).stream()).toList();
    }

    private static List<Dependent> of(MadeFlow made, String table, Set<String> columns) {
        Flow flow = made.flow();
        Set<String> read = new TreeSet<>();
        Set<LineageKind> kinds = new TreeSet<>();
        boolean reads = false;
        boolean unknown = false;
        for (int i = 0; i < flow.inputs().size(); i++) {
            Flow.Input input = flow.inputs().get(i);
            if (!input.table().key().equals(table)) {
                continue;
            }
            reads = true;
            unknown |= input.columns().isEmpty() && !flow.complete();
            input.columns().stream()
                    .filter(column -> columns.isEmpty() || columns.contains(column))
                    .forEach(read::add);
            int place = i;
            Stream.concat(
                            flow.columns().stream().flatMap(column -> column.sources().stream()),
                            flow.indirect().stream())
                    .filter(source -> source.input() == place && read.contains(source.column()))
                    .forEach(source -> kinds.add(source.kind()));
        }
        boolean concerned = reads && (columns.isEmpty() || unknown || !read.isEmpty());
        return concerned ? List.of(new Dependent(made.maker(), made.line(), read, kinds)) : List.of();
    }
}
