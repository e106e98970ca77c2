package io.millrace.testkit;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * An OpenID provider that checks its clients as a real one does: discovery, the authorization code flow with PKCE, and keys
 * that change. People sign in with their name alone, in a form or by the parameter {@code login}. On demand it
 * {@linkplain Fault misbehaves}.
 */
public final class TestOidcProvider implements AutoCloseable {
    private static final byte[] MANY = " ".repeat(64 * 1024).getBytes(StandardCharsets.UTF_8);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "test-oidc");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, Client> clients = new ConcurrentHashMap<>();
    private final Map<String, Map<String, Object>> people = new ConcurrentHashMap<>();
    private final Map<String, Grant> codes = new ConcurrentHashMap<>();
    private final AtomicInteger keyRequests = new AtomicInteger();
    private final TestIdTokens tokens = new TestIdTokens();
    private volatile Fault fault = Fault.NONE;

    private TestOidcProvider(HttpServer server) {
        this.server = server;
    }

    public static TestOidcProvider start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            TestOidcProvider provider = new TestOidcProvider(server);
            server.setExecutor(provider.threads);
            server.createContext("/", exchange -> provider.answer(exchange));
            server.start();
            return provider;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By another name than servers on 127.0.0.1, so that to a browser it is another site. */
    public URI issuer() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    /** Makes a client known; one without a secret is public. */
    public void client(String id, Optional<String> secret, URI redirect) {
        clients.put(id, new Client(secret, redirect.toString()));
    }

    /** Makes somebody known, who signs in by {@code login}; the claims have the subject. Replaces who had that login. */
    public void person(String login, String subject, Map<String, Object> claims) {
        Map<String, Object> all = new HashMap<>(claims);
        all.put("sub", subject);
        people.put(login, all);
    }

    /** Signs with a new key from now on, and no longer shows the one before. */
    public void rotateKey() {
        tokens.rotate();
    }

    /** What goes wrong until another one is given. */
    public void misbehave(Fault wanted) {
        fault = wanted;
    }

    /** How often the keys were asked for. */
    public int keyRequests() {
        return keyRequests.get();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            switch (exchange.getRequestURI().getPath()) {
                case "/.well-known/openid-configuration" -> discovery(exchange);
                case "/authorize" -> authorize(exchange);
                case "/token" -> token(exchange);
                case "/keys" -> keys(exchange);
                default -> send(exchange, 404, "text/plain", "There is nothing here.");
            }
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private void discovery(HttpExchange exchange) throws IOException {
        String token = fault == Fault.FOREIGN_ENDPOINT ? "http://127.0.0.1:1" : issuer().toString();
        String self = fault == Fault.OTHER_ISSUER_IN_DISCOVERY ? "http://127.0.0.1:1" : issuer().toString();
        json(
                exchange,
                200,
                Map.of(
                        "issuer",
                        self,
                        "authorization_endpoint",
                        issuer() + "/authorize",
                        "token_endpoint",
                        token + "/token",
                        "jwks_uri",
                        issuer() + "/keys",
                        "response_types_supported",
                        List.of("code"),
                        "code_challenge_methods_supported",
                        List.of("S256"),
                        "token_endpoint_auth_methods_supported",
                        List.of("client_secret_basic", "none")));
    }

    private void keys(HttpExchange exchange) throws IOException {
        keyRequests.incrementAndGet();
        json(exchange, 200, new JWKSet(tokens.key()).toPublicJWKSet().toJSONObject());
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> query = form(exchange.getRequestURI().getRawQuery());
        Client client = clients.get(query.getOrDefault("client_id", ""));
        // Whoever is not a client's own address is told nothing, as the specification demands.
        if (client == null || !client.redirect().equals(query.get("redirect_uri"))) {
            send(exchange, 400, "text/plain", "No such client, or another redirect URI.");
            return;
        }
        boolean asked = "code".equals(query.get("response_type"))
                && "S256".equals(query.get("code_challenge_method"))
                && query.getOrDefault("code_challenge", "").length() == 43
                && Arrays.asList(query.getOrDefault("scope", "").split(" ")).contains("openid");
        String login = query.get("login");
        if (!asked) {
            redirect(exchange, query, "error=invalid_request");
        } else if (login == null) {
            send(exchange, 200, "text/html; charset=utf-8", page(query));
        } else if (!people.containsKey(login)) {
            redirect(exchange, query, "error=access_denied");
        } else {
            String code = UUID.randomUUID().toString();
            codes.put(code, new Grant(login, query));
            redirect(exchange, query, "code=" + code);
        }
    }

    private static String page(Map<String, String> query) {
        String hidden = query.entrySet().stream()
                .map(field -> "<input type=\"hidden\" name=\"" + field.getKey() + "\" value=\""
                        + field.getValue().replace("&", "&amp;").replace("\"", "&quot;") + "\">")
                .collect(Collectors.joining());
        return "<!doctype html><html lang=\"en\"><title>Provider</title><h1>Provider</h1><form action=\"/authorize\">"
                + hidden + "<label>Login <input name=\"login\"></label><button>Go</button></form></html>";
    }

    private void token(HttpExchange exchange) throws IOException, JOSEException {
        Map<String, String> form = form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        if (fault == Fault.REDIRECT && exchange.getRequestURI().getRawQuery() == null) {
            exchange.getResponseHeaders().set("Location", issuer() + "/token?moved");
            send(exchange, 307, "text/plain", "");
            return;
        }
        Optional<String> client = authenticated(exchange, form);
        Grant grant = codes.remove(form.getOrDefault("code", ""));
        switch (fault) {
            case ENDLESS_ANSWER -> endless(exchange);
            case FAILURE -> send(exchange, 500, "text/html", "<h1>Oops</h1>");
            case NO_ID_TOKEN -> json(exchange, 200, Map.of("access_token", "x", "token_type", "Bearer"));
            default -> {
                if (client.isEmpty()) {
                    json(exchange, 401, Map.of("error", "invalid_client"));
                } else if (grant == null || !grant.fits(client.get(), form)) {
                    json(exchange, 400, Map.of("error", "invalid_grant"));
                } else {
                    Map<String, Object> claims = new HashMap<>(people.get(grant.login()));
                    claims.put("iss", issuer().toString());
                    claims.put("aud", client.get());
                    claims.put("nonce", grant.request().get("nonce"));
                    String token = tokens.sign(claims, fault);
                    json(exchange, 200, Map.of("access_token", "x", "token_type", "Bearer", "id_token", token));
                }
            }
        }
    }

    /** The client that proves to be one: by its secret in a header, or, without one, by its name. */
    private Optional<String> authenticated(HttpExchange exchange, Map<String, String> form) {
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        if (header == null) {
            return Optional.ofNullable(form.get("client_id"))
                    .filter(id ->
                            clients.containsKey(id) && clients.get(id).secret().isEmpty());
        }
        String[] pair = new String(
                        Base64.getDecoder().decode(header.substring("Basic ".length())), StandardCharsets.UTF_8)
                .split(":", 2);
        Client client = clients.get(decoded(pair[0]));
        return client != null && client.secret().equals(Optional.of(decoded(pair[1])))
                ? Optional.of(decoded(pair[0]))
                : Optional.empty();
    }

    private static void endless(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        OutputStream body = exchange.getResponseBody();
        // Ends by an exception, when the client hangs up.
        while (!Thread.currentThread().isInterrupted()) {
            body.write(MANY);
        }
    }

    private static void redirect(HttpExchange exchange, Map<String, String> query, String answer) throws IOException {
        String state = URLEncoder.encode(query.getOrDefault("state", ""), StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Location", query.get("redirect_uri") + "?" + answer + "&state=" + state);
        send(exchange, 302, "text/plain", "");
    }

    private static void json(HttpExchange exchange, int status, Map<String, ?> body) throws IOException {
        send(exchange, status, "application/json", JSONObjectUtils.toJSONString(new TreeMap<>(body)));
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static Map<String, String> form(String text) {
        return Arrays.stream(String.valueOf(text).split("&"))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2)
                .collect(
                        Collectors.toMap(pair -> decoded(pair[0]), pair -> decoded(pair[1]), (first, second) -> first));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private record Client(Optional<String> secret, String redirect) {}

    /** What a code was given for. */
    private record Grant(String login, Map<String, String> request) {
        boolean fits(String client, Map<String, String> form) {
            return client.equals(request.get("client_id"))
                    && "authorization_code".equals(form.get("grant_type"))
                    && String.valueOf(request.get("redirect_uri")).equals(form.get("redirect_uri"))
                    && String.valueOf(request.get("code_challenge"))
                            .equals(TestIdTokens.challenge(form.getOrDefault("code_verifier", "")));
        }
    }

    /** What a provider, or somebody between, may do wrong. */
    public enum Fault {
        NONE,
        OTHER_ISSUER_IN_DISCOVERY,
        FOREIGN_ENDPOINT,
        /** The endpoint of tokens sends its clients on. */
        REDIRECT,
        FAILURE,
        NO_ID_TOKEN,
        ENDLESS_ANSWER,
        NO_NONCE,
        OTHER_NONCE,
        OTHER_AUDIENCE,
        /** Several audiences, and nothing says for whom the token is. */
        AUDIENCES_WITHOUT_PARTY,
        OTHER_PARTY,
        OTHER_ISSUER,
        EXPIRED,
        NO_EXPIRY,
        ISSUED_LATER,
        ISSUED_LONG_AGO,
        NO_SUBJECT,
        UNSIGNED,
        /** Signed with the public key as if it were a secret. */
        SYMMETRIC,
        /** Signed by another key under the same id. */
        FORGED,
        UNKNOWN_KEY,
        /** Signed as it should be, and then changed. */
        CHANGED
    }
}
