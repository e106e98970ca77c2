package io.millrace.server.sql;

import static io.millrace.server.http.Answers.json;
import static io.millrace.server.http.Answers.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.server.http.OpenApiExchanges;
import io.millrace.server.http.ServerStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;

@QuarkusTest
@QuarkusTestResource(ServerStack.class)
@QuarkusTestResource(GatewayStack.class)
class SqlHttpIT {
    private final OpenApiExchanges api = new OpenApiExchanges();

    @Test
    void runsAStatementAndPagesItsRows() {
        var opened = api.send("POST", "/sql-sessions", "{\"catalog\":\"kafka\",\"database\":\"local\"}");
        assertThat(opened.statusCode()).isEqualTo(201);
        assertThat(json(opened).path("catalog").asText()).isEqualTo("kafka");
        String session = path(opened);

        var accepted = api.send("POST", session + "/statements", "{\"sql\":\"3\"}");
        assertThat(accepted.statusCode()).isEqualTo(201);
        String statement = path(accepted);
        assertThat(json(api.get(statement)).path("rowCount").asLong()).isEqualTo(3);

        var first = json(api.get(statement + "/rows?pageSize=2&waitMillis=10"));
        assertThat(first.path("items")).hasSize(2);
        var second = json(api.get(statement + "/rows?pageSize=2&pageToken="
                + first.path("nextPageToken").asText()));
        assertThat(second.path("items").path(0).path("values").path(0).asLong()).isEqualTo(2);
        assertThat(second.path("nextPageToken").isMissingNode()).isTrue();

        assertThat(api.delete(statement).statusCode()).isEqualTo(204);
        problem(api.get(statement), 404, "SQL_STATEMENT_NOT_FOUND");
        assertThat(api.delete(session).statusCode()).isEqualTo(204);
        problem(api.delete(session), 404, "SQL_SESSION_NOT_FOUND");
    }

    @Test
    void completesAndAnalyses() {
        String session = session();

        var completions = api.send("POST", session + "/completions", "{\"sql\":\"SEL\",\"position\":3}");
        assertThat(json(completions).path("items").path(0).path("text").asText())
                .isEqualTo("SELECT");
        var analysis = json(api.send("POST", "/sql-analyses", "{\"script\":\"SELEC 1\"}"));
        assertThat(analysis.path("errors").path(0).path("endColumn").asInt()).isEqualTo(4);
        String id = session.substring(session.lastIndexOf('/') + 1);
        var inSession = api.send("POST", "/sql-analyses", "{\"script\":\"x\",\"session\":\"" + id + "\"}");
        assertThat(inSession.statusCode()).isEqualTo(200);
    }

    @Test
    void passesOnWhatTheGatewayRefuses() {
        var refused = api.send("POST", session() + "/statements", "{\"sql\":\"WRONG\"}");

        problem(refused, 422, "SQL_INVALID");
        JsonNode error = json(refused).path("errors").path(0);
        assertThat(error.path("line").asInt()).isEqualTo(3);
        assertThat(error.path("hint").asText()).isEqualTo("Did you mean 'amount'?");
    }

    @Test
    void asksToTryAgainWhenTheGatewayIsAway() {
        var answer = api.send("POST", session() + "/statements", "{\"sql\":\"SILENT\"}");

        problem(answer, 503, "GATEWAY_UNAVAILABLE");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void refusesInputOutsideItsBounds() {
        String statements = session() + "/statements";

        for (String body : new String[] {
            "{\"sql\":\"  \"}",
            "{\"sql\":\"1\",\"maxRows\":0}",
            "{\"sql\":\"1\",\"maxSeconds\":3601}",
            "{\"sql\":\"1\",\"colour\":\"red\"}",
            "{}",
            "not json"
        }) {
            problem(api.withWrongRequest().send("POST", statements, body), 422, "REQUEST_INVALID");
        }
        problem(api.withWrongRequest().get(statements + "/x/rows?waitMillis=10001"), 422, "REQUEST_INVALID");
        problem(api.get("/sql-sessions/nobody/statements/x"), 404, "SQL_SESSION_NOT_FOUND");
    }

    private String session() {
        return path(api.send("POST", "/sql-sessions", "{}"));
    }

    private static String path(HttpResponse<String> created) {
        String location = created.headers().firstValue("Location").orElseThrow();
        return location.substring(location.indexOf("/api/v1") + "/api/v1".length());
    }
}
