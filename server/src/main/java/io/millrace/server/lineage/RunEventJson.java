package io.millrace.server.lineage;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.api.Json;
import io.millrace.core.catalog.TableId;
import io.millrace.core.lineage.Dataset;
import io.millrace.core.lineage.Datasets;
import io.millrace.core.lineage.Flow;
import io.millrace.core.lineage.LineageTable;
import io.millrace.core.lineage.MadeFlow;
import io.millrace.core.lineage.RunMoment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** OpenLineage's run events, as its specification 2-0-2 has them. */
final class RunEventJson {
    private static final String SPEC = "https://openlineage.io/spec/";
    private static final int LONGEST = 10_000;

    private final String namespace;
    private final String producer;
    private final Datasets datasets;

    RunEventJson(String namespace, String version, Datasets datasets) {
        this.namespace = namespace;
        this.producer = "urn:millrace:server:" + version;
        this.datasets = datasets;
    }

    String of(RunEvent event, List<MadeFlow> flows) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("eventType", event.moment().name());
        json.put("eventTime", event.at().toString());
        json.put("run", Map.of("runId", run(event).toString(), "facets", runFacets(event)));
        json.put("job", Map.of("namespace", namespace, "name", event.name(), "facets", jobFacets(event)));
        json.put("inputs", inputs(flows));
        json.put("outputs", outputs(flows));
        json.put("producer", producer);
        json.put("schemaURL", SPEC + "2-0-2/OpenLineage.json#/$defs/RunEvent");
        return Json.write(json);
    }

    /** The same for all events of an attempt, on every server. */
    static UUID run(RunEvent event) {
        return UUID.nameUUIDFromBytes(("millrace:" + event.job() + ":" + event.attempt()).getBytes(UTF_8));
    }

    private Map<String, Object> facet(String schema) {
        Map<String, Object> facet = new LinkedHashMap<>();
        facet.put("_producer", producer);
        facet.put("_schemaURL", SPEC + "facets/" + schema);
        return facet;
    }

    private Map<String, Object> runFacets(RunEvent event) {
        Map<String, Object> engine = facet("1-1-1/ProcessingEngineRunFacet.json#/$defs/ProcessingEngineRunFacet");
        engine.put("name", "flink");
        engine.put("version", "2.3.0");
        Map<String, Object> facets = new LinkedHashMap<>();
        facets.put("processing_engine", engine);
        if (event.moment() == RunMoment.FAIL) {
            Map<String, Object> error = facet("1-0-1/ErrorMessageRunFacet.json#/$defs/ErrorMessageRunFacet");
            error.put("message", event.evidence().orElse("It failed; nothing says why."));
            error.put("programmingLanguage", "SQL");
            facets.put("errorMessage", error);
        }
        return facets;
    }

    private Map<String, Object> jobFacets(RunEvent event) {
        Map<String, Object> type = facet("2-0-4/JobTypeJobFacet.json#/$defs/JobTypeJobFacet");
        type.put("processingType", event.streaming() ? "STREAMING" : "BATCH");
        type.put("integration", "FLINK");
        type.put("jobType", "JOB");
        Map<String, Object> facets = new LinkedHashMap<>();
        facets.put("jobType", type);
        event.script().ifPresent(script -> {
            Map<String, Object> sql = facet("1-1-0/SQLJobFacet.json#/$defs/SQLJobFacet");
            sql.put("query", script.length() > LONGEST ? script.substring(0, LONGEST) + " …" : script);
            sql.put("dialect", "flink");
            facets.put("sql", sql);
        });
        return facets;
    }

    private List<Object> inputs(List<MadeFlow> flows) {
        Map<String, Object> inputs = new LinkedHashMap<>();
        for (MadeFlow made : flows) {
            for (Flow.Input input : made.flow().inputs()) {
                if (!input.view()) {
                    inputs.computeIfAbsent(input.table().key(), key -> dataset(dataset(input.table()), Map.of()));
                }
            }
        }
        return List.copyOf(inputs.values());
    }

    /** Statements that write the same table share one output, each column of which has the sources of all of them. */
    private List<Object> outputs(List<MadeFlow> flows) {
        Map<String, List<Flow>> byTarget = new LinkedHashMap<>();
        flows.forEach(made -> byTarget.computeIfAbsent(made.flow().target().key(), key -> new ArrayList<>())
                .add(made.flow()));
        List<Object> outputs = new ArrayList<>();
        for (List<Flow> same : byTarget.values()) {
            Map<String, Object> facet = facet("1-2-0/ColumnLineageDatasetFacet.json#/$defs/ColumnLineageDatasetFacet");
            Map<String, List<Object>> fields = new LinkedHashMap<>();
            List<Object> whole = new ArrayList<>();
            for (Flow flow : same) {
                for (Flow.Column column : flow.columns()) {
                    List<Object> from = fields.computeIfAbsent(column.name(), key -> new ArrayList<>());
                    stored(flow, column.sources())
                            .forEach(source -> from.add(source(flow, source, column.expression())));
                }
                stored(flow, flow.indirect()).forEach(source -> whole.add(source(flow, source, "")));
            }
            Map<String, Object> described = new LinkedHashMap<>();
            fields.forEach((column, from) -> described.put(column, Map.of("inputFields", from)));
            facet.put("fields", described);
            facet.put("dataset", whole);
            outputs.add(dataset(dataset(same.get(0).target()), Map.of("columnLineage", facet)));
        }
        return outputs;
    }

    /** A view is nowhere; what its columns come from is among the sources too. */
    private static Stream<Flow.Source> stored(Flow flow, List<Flow.Source> sources) {
        return sources.stream()
                .filter(source -> !flow.inputs().get(source.input()).view());
    }

    private Object source(Flow flow, Flow.Source source, String expression) {
        Dataset dataset = dataset(flow.inputs().get(source.input()).table());
        Map<String, Object> transformation = new LinkedHashMap<>();
        transformation.put("type", source.kind().isDirect() ? "DIRECT" : "INDIRECT");
        transformation.put("subtype", source.kind().name());
        transformation.put("description", expression);
        transformation.put("masking", false);
        Map<String, Object> field = new LinkedHashMap<>();
        field.put("namespace", dataset.namespace());
        field.put("name", dataset.name());
        field.put("field", source.column());
        field.put("transformations", List.of(transformation));
        return field;
    }

    private Object dataset(Dataset dataset, Map<String, Object> more) {
        Map<String, Object> facets = new LinkedHashMap<>();
        if (!dataset.fields().isEmpty()) {
            Map<String, Object> schema = facet("1-2-0/SchemaDatasetFacet.json#/$defs/SchemaDatasetFacet");
            schema.put(
                    "fields",
                    dataset.fields().stream()
                            .map(field -> Map.of("name", field.name(), "type", field.type()))
                            .toList());
            facets.put("schema", schema);
        }
        facets.putAll(more);
        return Map.of("namespace", dataset.namespace(), "name", dataset.name(), "facets", facets);
    }

    /** A table whose place is not known goes by its name here. */
    private Dataset dataset(LineageTable table) {
        boolean known = !table.temporary() && !table.key().equals(table.path());
        return (known ? datasets.of(new TableId(table.key())) : Optional.<Dataset>empty())
                .orElseGet(() -> new Dataset(namespace, table.path(), List.of()));
    }
}
