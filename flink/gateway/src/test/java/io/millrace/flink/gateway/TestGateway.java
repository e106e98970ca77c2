package io.millrace.flink.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.Json;
import io.millrace.api.problem.Problem;
import io.millrace.api.sql.NewSqlSession;
import io.millrace.api.sql.NewSqlStatement;
import io.millrace.api.sql.ResultPage;
import io.millrace.api.sql.ResultRow;
import io.millrace.api.sql.SqlSessionView;
import io.millrace.api.sql.SqlStatementState;
import io.millrace.api.sql.SqlStatementView;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.gateway.SqlGateway;
import org.apache.flink.table.gateway.service.context.DefaultContext;
import org.apache.flink.table.gateway.service.session.SessionManager;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Flink's own SQL gateway with our endpoint, in this JVM, and a client for it. */
final class TestGateway implements AutoCloseable {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final String TOKEN = "gateway-token";

    private final SqlGateway gateway;
    private final int port;

    private TestGateway(SqlGateway gateway, int port) {
        this.gateway = gateway;
        this.port = port;
    }

    static TestGateway start(Path folder, Map<String, String> metastore, int restPort) throws Exception {
        int port = FlinkProcesses.freePort();
        Path token = Files.writeString(folder.resolve("gateway-" + port + ".token"), TOKEN + "\n");
        Configuration config = Configuration.fromMap(metastore);
        config.setString("sql-gateway.endpoint.type", "millrace");
        config.setString("sql-gateway.endpoint.millrace.address", "127.0.0.1");
        config.setString("sql-gateway.endpoint.millrace.port", Integer.toString(port));
        config.setString("sql-gateway.endpoint.millrace.token-file", token.toString());
        config.setString("execution.target", "remote");
        config.setString("rest.address", "127.0.0.1");
        config.setString("rest.port", Integer.toString(restPort));
        config.setString("rest.retry.max-attempts", "3");
        config.setString("rest.retry.delay", "100 ms");
        DefaultContext context = new DefaultContext(config, List.of());
        SqlGateway gateway = new SqlGateway(context.getFlinkConfig(), SessionManager.create(context));
        gateway.start();
        return new TestGateway(gateway, port);
    }

    record Reply(int status, String body) {
        <T> T as(Class<T> type) {
            try {
                return Json.strict().readValue(body, type);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Problem problem() {
            return as(Problem.class);
        }
    }

    Reply send(String method, String path, @Nullable Object body) {
        return send(method, path, body, TOKEN);
    }

    Reply send(String method, String path, @Nullable Object body, String token) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .header("Authorization", "Bearer " + token)
                    .method(
                            method,
                            body == null
                                    ? BodyPublishers.noBody()
                                    : body instanceof String text
                                            ? BodyPublishers.ofString(text)
                                            : BodyPublishers.ofByteArray(
                                                    Json.strict().writeValueAsBytes(body)))
                    .build();
            HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Session session(Map<String, String> settings) {
        Reply reply = send("POST", "/v1/sessions", new NewSqlSession(null, null, settings));
        assertThat(reply.status()).as(reply.body()).isEqualTo(201);
        return new Session(reply.as(SqlSessionView.class).id());
    }

    /** Runs statements to their end. */
    final class Session implements AutoCloseable {
        private final String id;

        Session(String id) {
            this.id = id;
        }

        String id() {
            return id;
        }

        SqlStatementView begin(NewSqlStatement statement) {
            Reply reply = send("POST", "/v1/sessions/" + id + "/statements", statement);
            assertThat(reply.status()).as(reply.body()).isEqualTo(201);
            return reply.as(SqlStatementView.class);
        }

        Result run(String sql) {
            return run(new NewSqlStatement(sql, null, 60));
        }

        Result run(NewSqlStatement statement) {
            String path =
                    "/v1/sessions/" + id + "/statements/" + begin(statement).id() + "/rows?waitMillis=5000";
            List<ResultRow> rows = new ArrayList<>();
            ResultPage page = send("GET", path, null).as(ResultPage.class);
            rows.addAll(page.items());
            while (page.nextPageToken() != null) {
                page = send("GET", path + "&pageToken=" + page.nextPageToken(), null)
                        .as(ResultPage.class);
                rows.addAll(page.items());
            }
            return new Result(page.statement(), rows);
        }

        /** Fails unless the statement finishes. */
        Result ok(String sql) {
            Result result = run(sql);
            assertThat(result.view().state())
                    .as("%s: %s", sql, result.view().problem())
                    .isEqualTo(SqlStatementState.FINISHED);
            return result;
        }

        SqlStatementView view(String statement) {
            return send("GET", "/v1/sessions/" + id + "/statements/" + statement, null)
                    .as(SqlStatementView.class);
        }

        @Override
        public void close() {
            send("DELETE", "/v1/sessions/" + id, null);
        }
    }

    record Result(SqlStatementView view, List<ResultRow> rows) {
        List<List<@Nullable Object>> values() {
            return rows.stream().map(ResultRow::values).toList();
        }

        String text() {
            return String.valueOf(rows.get(0).values().get(0));
        }
    }

    @Override
    public void close() {
        gateway.stop();
    }
}
