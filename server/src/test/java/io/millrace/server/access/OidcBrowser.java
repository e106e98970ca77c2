package io.millrace.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.Json;
import io.millrace.server.http.OpenApiExchanges;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A browser with its cookies, and what the console does in it to sign in by the OpenID provider. */
final class OidcBrowser {
    private final OpenApiExchanges server = new OpenApiExchanges(null);
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> cookies = new TreeMap<>();

    /** The whole way. */
    HttpResponse<String> signIn(String login) {
        return comeBack(visit(begin(), login));
    }

    /** Where the browser is sent to. */
    String begin() {
        HttpResponse<String> begun = call("POST", "/session/oidc", null);
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(201);
        return json(begun).at("/address").textValue();
    }

    /** With what the provider sends the browser back. */
    Map<String, String> visit(String address, String login) {
        URI uri = URI.create(address + "&login=" + URLEncoder.encode(login, StandardCharsets.UTF_8));
        try {
            HttpResponse<String> answer =
                    http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
            URI back = URI.create(answer.headers().firstValue("Location").orElseThrow());
            assertThat(back.toString()).startsWith(OpenApiExchanges.base() + "/sign-in?");
            return query(back);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> comeBack(Map<String, String> answer) {
        return call("POST", "/session", Json.write(Map.of("oidc", answer)));
    }

    HttpResponse<String> call(String method, String path, String body) {
        String sent = cookies.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
        HttpResponse<String> answer =
                sent.isEmpty() ? server.send(method, path, body) : server.send(method, path, body, "Cookie", sent);
        for (String cookie : answer.headers().allValues("Set-Cookie")) {
            assertThat(cookie).contains("HttpOnly", "SameSite=Strict");
            String[] pair = cookie.substring(0, cookie.indexOf(';')).split("=", 2);
            cookies.put(pair[0], pair[1]);
        }
        return answer;
    }

    /** What the browser is known by to the server; empty when it is not. */
    Map<String, String> cookies() {
        return cookies;
    }

    static Map<String, String> query(URI uri) {
        return new HashMap<>(Arrays.stream(uri.getRawQuery().split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(
                        Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8))));
    }

    static JsonNode json(HttpResponse<String> answer) {
        try {
            return Json.lenient().readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
