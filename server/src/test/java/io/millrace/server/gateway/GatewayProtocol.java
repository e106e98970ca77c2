package io.millrace.server.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.millrace.api.Json;
import io.millrace.api.gateway.NewStatePlan;
import io.millrace.api.gateway.StatePlan;
import io.millrace.api.problem.Problem;
import io.millrace.api.problem.ProblemDetail;
import io.millrace.api.sql.Analysis;
import io.millrace.api.sql.Completion;
import io.millrace.api.sql.Completions;
import io.millrace.api.sql.NewAnalysis;
import io.millrace.api.sql.NewSqlSession;
import io.millrace.api.sql.NewSqlStatement;
import io.millrace.api.sql.ResultColumn;
import io.millrace.api.sql.ResultPage;
import io.millrace.api.sql.ResultRow;
import io.millrace.api.sql.SqlSessionView;
import io.millrace.api.sql.SqlStatementState;
import io.millrace.api.sql.SqlStatementView;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

/**
 * Speaks the gateway's private API without a planner: a statement is a number of rows, {@code WRONG} (refused),
 * {@code SILENT} (no answer) or {@code BROKEN} (an answer that is not ours). {@code POST /test/restart} forgets all
 * sessions.
 */
public final class GatewayProtocol implements AutoCloseable {
    private static final SqlSessionView DEFAULT = new SqlSessionView("", "warehouse", "default");

    private final String token;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<String, Map<String, Integer>> sessions = new ConcurrentHashMap<>();
    private final Map<String, Analysis> analyses = new ConcurrentHashMap<>();
    private final Map<String, StatePlan> states = new ConcurrentHashMap<>();

    public GatewayProtocol(String token) {
        this.token = token;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What the planner says of a script. */
    public void plans(String script, Analysis analysis) {
        analyses.put(script, analysis);
    }

    /** What the planner says of the state of a script. */
    public void keeps(String script, StatePlan state) {
        states.put(script, state);
    }

    public int openSessions() {
        return sessions.size();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String[] path = exchange.getRequestURI().getPath().substring(1).split("/");
            if (path[0].equals("test")) {
                sessions.clear();
                send(exchange, 204, null);
            } else if (!("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                send(exchange, 401, null);
            } else if (path[1].equals("analyses")) {
                NewAnalysis wanted = read(exchange, NewAnalysis.class);
                if (wanted.session() != null && !sessions.containsKey(wanted.session())) {
                    problem(exchange, 404, "SQL_SESSION_NOT_FOUND", "No session.");
                    return;
                }
                send(exchange, 200, analyses.getOrDefault(wanted.script(), unparsable()));
            } else if (path[1].equals("state-plans")) {
                StatePlan state = states.get(read(exchange, NewStatePlan.class).script());
                if (state == null) {
                    problem(exchange, 422, "SQL_INVALID", "Cannot be parsed.");
                } else {
                    send(exchange, 200, state);
                }
            } else if (path.length == 2) {
                send(exchange, 201, open(read(exchange, NewSqlSession.class)));
            } else {
                inSession(exchange, path);
            }
        }
    }

    private SqlSessionView open(NewSqlSession wanted) {
        String id = "gateway-" + ids.incrementAndGet();
        sessions.put(id, new ConcurrentHashMap<>());
        return new SqlSessionView(
                id,
                wanted.catalog() == null ? DEFAULT.catalog() : wanted.catalog(),
                wanted.database() == null ? DEFAULT.database() : wanted.database());
    }

    private void inSession(HttpExchange exchange, String[] path) throws IOException {
        Map<String, Integer> statements = sessions.get(path[2]);
        if (statements == null) {
            problem(exchange, 404, "SQL_SESSION_NOT_FOUND", "No session.");
        } else if (path.length == 3) {
            sessions.remove(path[2]);
            send(exchange, 204, null);
        } else if (path[3].equals("completions")) {
            send(exchange, 200, new Completions(List.of(new Completion("SELECT", "KEYWORD", null))));
        } else if (path.length == 4) {
            run(exchange, statements, read(exchange, NewSqlStatement.class).sql());
        } else {
            inStatement(exchange, statements, path);
        }
    }

    private void run(HttpExchange exchange, Map<String, Integer> statements, String sql) throws IOException {
        switch (sql) {
            case "WRONG" -> problem(exchange, 422, "SQL_INVALID", "Column 'amout' not found.");
            case "BROKEN" -> send(exchange, 502, null);
            case "SILENT" -> exchange.close();
            default -> {
                String id = "s" + ids.incrementAndGet();
                statements.put(id, Integer.parseInt(sql));
                send(exchange, 201, statement(id, Integer.parseInt(sql)));
            }
        }
    }

    private static void inStatement(HttpExchange exchange, Map<String, Integer> statements, String[] path)
            throws IOException {
        Integer rows = statements.get(path[4]);
        if (rows == null) {
            problem(exchange, 404, "SQL_STATEMENT_NOT_FOUND", "No statement.");
        } else if (exchange.getRequestMethod().equals("DELETE")) {
            statements.remove(path[4]);
            send(exchange, 204, null);
        } else if (path.length == 5) {
            send(exchange, 200, statement(path[4], rows));
        } else {
            send(exchange, 200, page(exchange.getRequestURI().getQuery(), path[4], rows));
        }
    }

    private static ResultPage page(String query, String id, int rows) {
        int size = Integer.parseInt(query.replaceAll(".*pageSize=(\\d+).*", "$1"));
        int from = query.contains("pageToken=") ? Integer.parseInt(query.replaceAll(".*pageToken=(\\d+).*", "$1")) : 0;
        int to = Math.min(rows, from + size);
        List<ResultRow> items = LongStream.range(from, to)
                .mapToObj(n -> new ResultRow("+I", List.<@Nullable Object>of(n)))
                .toList();
        return new ResultPage(items, to < rows ? String.valueOf(to) : null, statement(id, rows));
    }

    private static SqlStatementView statement(String id, int rows) {
        return new SqlStatementView(
                id,
                SqlStatementState.FINISHED,
                "SELECT",
                List.of(new ResultColumn("n", "BIGINT")),
                rows,
                false,
                null,
                null,
                7,
                null);
    }

    private static Analysis unparsable() {
        return new Analysis(
                List.of(), List.of(new ProblemDetail("/script", "Cannot be parsed.", 1, 1, 1, 4, "Write SQL.")));
    }

    private static void problem(HttpExchange exchange, int status, String code, String detail) throws IOException {
        var error = new ProblemDetail("/sql", detail, 3, 12, 3, 16, "Did you mean 'amount'?");
        var problem = new Problem("/problems/x", "Title", status, detail, null, code, null, List.of(error));
        exchange.getResponseHeaders().set("Content-Type", Problem.MEDIA_TYPE);
        byte[] body = Json.lenient().writeValueAsBytes(problem);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private static void send(HttpExchange exchange, int status, @Nullable Object body) throws IOException {
        if (body == null) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        byte[] bytes = Json.lenient().writeValueAsBytes(body);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static <T> T read(HttpExchange exchange, Class<T> type) throws IOException {
        return Json.strict().readValue(exchange.getRequestBody(), type);
    }
}
