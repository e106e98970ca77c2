package io.millrace.server.gateway;

import io.millrace.api.sql.Lineage;
import io.millrace.api.sql.LineageSource;
import io.millrace.api.sql.ObjectRef;
import io.millrace.core.catalog.TableRef;
import io.millrace.core.lineage.Flow;
import io.millrace.core.lineage.LineageKind;
import io.millrace.core.lineage.LineageTable;

import java.util.List;
import java.util.Optional;

/** The gateway's lineage in the words of {@code core}. */
final class Flows {
    private Flows() {}

    static Flow of(Lineage wire) {
        List<String> reasons =
                wire.complete() || !wire.reasons().isEmpty() ? wire.reasons() : List.of("The gateway gives no reason.");
        return new Flow(
                table(wire.target()),
                wire.inputs().stream()
                        .map(input -> new Flow.Input(table(input.table()), input.view(), input.columns()))
                        .toList(),
                wire.columns().stream()
                        .map(column -> new Flow.Column(column.name(), column.expression(), sources(column.sources())))
                        .toList(),
                sources(wire.indirect()),
                reasons);
    }

    private static List<Flow.Source> sources(List<LineageSource> wire) {
        return wire.stream()
                .map(source -> new Flow.Source(
                        source.input(),
                        source.column(),
                        LineageKind.valueOf(source.kind().name())))
                .toList();
    }

    private static LineageTable table(ObjectRef wire) {
        return LineageTable.of(
                Optional.ofNullable(wire.ref()).flatMap(TableRef::parse).map(TableRef::id),
                wire.catalog(),
                wire.database(),
                wire.name(),
                wire.temporary());
    }
}
