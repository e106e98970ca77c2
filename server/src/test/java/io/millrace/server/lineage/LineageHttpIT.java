package io.millrace.server.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.Json;
import io.millrace.api.job.JobSpec;
import io.millrace.api.lineage.LineageDependentView;
import io.millrace.api.lineage.LineageEdgeView;
import io.millrace.api.lineage.LineageGraphView;
import io.millrace.api.lineage.LineageImpactView;
import io.millrace.api.lineage.LineageMakerKind;
import io.millrace.api.lineage.LineageTableView;
import io.millrace.api.sql.LineageKind;
import io.millrace.server.http.OpenApiExchanges;
import io.millrace.server.http.ServerStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.util.List;

/** What people see of lineage over HTTP, from the apply of a job to its deletion. */
@QuarkusTest
@QuarkusTestResource(ServerStack.class)
@QuarkusTestResource(value = LineageGateway.class, restrictToAnnotatedClass = true)
class LineageHttpIT {
    private static final String ORDERS = "/lineage/tables/kafka/main/orders";
    private final OpenApiExchanges api = new OpenApiExchanges();

    @BeforeEach
    void apply() {
        JobSpec spec = new JobSpec(LineageGateway.INSERT, null, null, null, null, null, null);
        assertThat(api.send("PUT", "/workspaces/default/jobs/totals", Json.write(spec))
                        .statusCode())
                .isEqualTo(200);
    }

    @AfterEach
    void delete() {
        api.send("DELETE", "/workspaces/default/jobs/totals", null, "If-Match", "*");
    }

    private <T> T get(String path, Class<T> type) throws JsonProcessingException {
        HttpResponse<String> answer = api.get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.strict().readValue(answer.body(), type);
    }

    @Test
    void showsWhatComesOfATable() throws JsonProcessingException {
        LineageGraphView graph = get(ORDERS, LineageGraphView.class);

        assertThat(graph.table()).isEqualTo("kafka.main.orders");
        assertThat(graph.tables())
                .containsExactly(
                        new LineageTableView(
                                "kafka.main.orders", "kafka", "main", "orders", false, List.of("amount", "kind")),
                        new LineageTableView("kafka.main.totals", "kafka", "main", "totals", false, List.of("k", "s")));
        assertThat(graph.flows()).singleElement().satisfies(flow -> {
            assertThat(flow.kind()).isEqualTo(LineageMakerKind.JOB);
            assertThat(flow.name()).isEqualTo("default.totals");
            assertThat(flow.line()).isEqualTo(4);
            assertThat(flow.complete()).isFalse();
        });
        assertThat(graph.edges())
                .extracting(LineageEdgeView::sourceColumn, LineageEdgeView::targetColumn, LineageEdgeView::kind)
                .containsExactly(
                        tuple("kind", "k", LineageKind.IDENTITY),
                        tuple("amount", "s", LineageKind.AGGREGATION),
                        tuple("kind", null, LineageKind.GROUP_BY));
        assertThat(graph.edges().get(1).expression()).isEqualTo("SUM(amount)");
        assertThat(graph.incomplete()).contains("job default.totals, line 4: an example");
    }

    @Test
    void followsSomeColumnsInOneDirection() throws JsonProcessingException {
        String path = "/lineage/tables/kafka/main/totals?direction=UPSTREAM&depth=1&columns=s";
        assertThat(get(path, LineageGraphView.class).edges())
                .extracting(LineageEdgeView::sourceColumn)
                .containsExactly("amount", "kind");
        assertThat(get(ORDERS + "?direction=UPSTREAM", LineageGraphView.class).edges())
                .isEmpty();
    }

    @Test
    void saysWhoReadsAColumn() throws JsonProcessingException {
        LineageImpactView impact =
                get("/lineage/impact?table=kafka.%60main%60.orders&column=region", LineageImpactView.class);

        assertThat(impact.dependents())
                .containsExactly(new LineageDependentView(
                        LineageMakerKind.JOB,
                        "default.totals",
                        impact.dependents().get(0).version(),
                        4,
                        List.of("region"),
                        List.of()));
        assertThat(get("/lineage/impact?table=kafka.main.orders&column=other", LineageImpactView.class)
                        .dependents())
                .isEmpty();
        assertThat(get("/lineage/impact?table=kafka.main.orders", LineageImpactView.class)
                        .dependents())
                .hasSize(1);
    }

    @Test
    void forgetsADeletedJob() {
        delete();

        assertThat(api.get(ORDERS).body()).contains("TABLE_NOT_FOUND");
    }

    @Test
    void refusesWhatItDoesNotUnderstand() throws JsonProcessingException {
        for (String path : List.of(
                ORDERS + "?direction=SIDEWAYS",
                ORDERS + "?depth=0",
                ORDERS + "?depth=51",
                ORDERS + "?depth=many",
                "/lineage/impact?table=orders",
                "/lineage/impact?table=a..b")) {
            HttpResponse<String> answer = api.withWrongRequest().get(path);
            JsonNode problem = Json.lenient().readTree(answer.body());
            assertThat(problem.path("code").asText()).as(path + answer.body()).isEqualTo("REQUEST_INVALID");
        }
        assertThat(api.get("/lineage/tables/kafka/main/nothing").statusCode()).isEqualTo(404);
    }
}
