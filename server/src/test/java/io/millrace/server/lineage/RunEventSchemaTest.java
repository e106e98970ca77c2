package io.millrace.server.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.millrace.api.Json;
import io.millrace.core.catalog.TableId;
import io.millrace.core.lineage.Dataset;
import io.millrace.core.lineage.Flow;
import io.millrace.core.lineage.LineageKind;
import io.millrace.core.lineage.LineageTable;
import io.millrace.core.lineage.MadeFlow;
import io.millrace.core.lineage.Maker;
import io.millrace.core.lineage.RunMoment;
import io.millrace.core.workspace.WorkspaceId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Events beside OpenLineage's own schemas: the event as a whole, and each facet by the schema that it names. */
class RunEventSchemaTest {
    private static final List<String> FILES = List.of(
            "OpenLineage",
            "ProcessingEngineRunFacet",
            "ErrorMessageRunFacet",
            "JobTypeJobFacet",
            "SQLJobFacet",
            "ColumnLineageDatasetFacet",
            "SchemaDatasetFacet");
    private static final SchemaValidatorsConfig STRICT =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

    private final Map<String, String> schemas = schemas();
    private final JsonSchemaFactory factory = JsonSchemaFactory.getInstance(
            VersionFlag.V202012, builder -> builder.schemaLoaders(loaders -> loaders.schemas(schemas)));
    private final RunEventJson events = new RunEventJson("team", "1.0", RunEventSchemaTest::dataset);

    /** By the address that each has; a facet whose address names another version has no schema here. */
    private static Map<String, String> schemas() {
        Map<String, String> schemas = new HashMap<>();
        for (String file : FILES) {
            try (InputStream in = RunEventSchemaTest.class.getResourceAsStream("/openlineage/" + file + ".json")) {
                String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                schemas.put(Json.lenient().readTree(text).path("$id").asText(), text);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
        return schemas;
    }

    private static Optional<Dataset> dataset(TableId table) {
        return table.value().equals("t1")
                ? Optional.of(new Dataset("kafka://b:9092", "orders", List.of(new Dataset.Field("amount", "DOUBLE"))))
                : Optional.empty();
    }

    private static RunEvent event(RunMoment moment) {
        return new RunEvent(
                7,
                "f7c3bc1d-808e-4732-ad1f-d1ffc1b3a3c1",
                "load",
                1,
                2,
                moment,
                Instant.parse("2026-05-01T12:00:00.123456Z"),
                Optional.of("no space left"),
                Optional.of("INSERT INTO totals SELECT SUM(amount) FROM v GROUP BY kind"),
                true,
                0);
    }

    private static List<MadeFlow> flows() {
        LineageTable view = new LineageTable("v1", "warehouse", "d", "v", false);
        Flow flow = new Flow(
                new LineageTable("t2", "warehouse", "d", "totals", false),
                List.of(
                        new Flow.Input(
                                new LineageTable("t1", "kafka", "main", "orders", false), false, List.of("amount")),
                        new Flow.Input(view, true, List.of("x"))),
                List.of(
                        new Flow.Column(
                                "s",
                                "SUM(amount)",
                                Stream.of(0, 1)
                                        .map(input -> new Flow.Source(
                                                input, input == 0 ? "amount" : "x", LineageKind.AGGREGATION))
                                        .toList()),
                        new Flow.Column("one", "1", List.of())),
                List.of(new Flow.Source(0, "kind", LineageKind.GROUP_BY)),
                List.of("odd"));
        return List.of(new MadeFlow(Maker.job(WorkspaceId.DEFAULT, "1", "load", 1), 0, 1, flow));
    }

    private Set<ValidationMessage> flaws(String schema, JsonNode node) {
        JsonSchema found = factory.getSchema(SchemaLocation.of(schema), STRICT);
        return found.validate(node);
    }

    private static List<JsonNode> facets(JsonNode node) {
        List<JsonNode> facets = new ArrayList<>();
        node.forEach(each -> facets.addAll(facets(each)));
        if (node.has("_schemaURL")) {
            facets.add(node);
        }
        return facets;
    }

    @ParameterizedTest
    @EnumSource(RunMoment.class)
    void everyEventIsWhatTheSpecificationSays(RunMoment moment) throws IOException {
        for (List<MadeFlow> flows : List.of(flows(), List.<MadeFlow>of())) {
            JsonNode event = Json.lenient().readTree(events.of(event(moment), flows));

            assertThat(flaws(event.path("schemaURL").asText(), event))
                    .as(event.toString())
                    .isEmpty();
            Set<String> named = new TreeSet<>();
            for (JsonNode facet : facets(event)) {
                String schema = facet.path("_schemaURL").asText();
                assertThat(schemas).as("the version that is named").containsKey(schema.replaceFirst("#.*", ""));
                assertThat(flaws(schema, facet)).as(facet.toString()).isEmpty();
                named.add(schema.replaceFirst(".*/", ""));
            }
            assertThat(named).contains("ProcessingEngineRunFacet", "JobTypeJobFacet", "SQLJobFacet");
            assertThat(named.contains("ErrorMessageRunFacet")).isEqualTo(moment == RunMoment.FAIL);
            assertThat(named.contains("ColumnLineageDatasetFacet")).isEqualTo(!flows.isEmpty());
        }
    }

    @Test
    void theSchemasRefuseWhatIsWrong() throws IOException {
        String event = events.of(event(RunMoment.START), flows());
        String schema = Json.lenient().readTree(event).path("schemaURL").asText();

        for (String wrong : List.of(
                event.replace("\"START\"", "\"BEGIN\""),
                event.replace("2026-05-01T12", "yesterday"),
                event.replaceFirst("\"runId\":\"[^\"]*\"", "\"runId\":\"one\""),
                event.replace("\"namespace\":\"team\"", "\"space\":\"team\""))) {
            assertThat(wrong).isNotEqualTo(event);
            assertThat(flaws(schema, Json.lenient().readTree(wrong))).as(wrong).isNotEmpty();
        }
    }

    @Test
    void ofAViewOnlyWhatItComesFromIsTold() {
        assertThat(events.of(event(RunMoment.START), flows()))
                .contains("\"name\":\"orders\"")
                .doesNotContain("warehouse.d.v");
    }
}
