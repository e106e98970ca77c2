package io.millrace.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.Json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;

/** What tests expect of answers of the API. */
public final class Answers {
    private Answers() {}

    public static JsonNode json(HttpResponse<String> answer) {
        try {
            return Json.lenient().readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a call answered that has to succeed. */
    public static JsonNode ok(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        return json(answer);
    }

    /** What a call answered that has to be refused. */
    public static JsonNode problem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(json(answer).path("code").asText()).isEqualTo(code);
        return json(answer);
    }

    /** The same, for this field. */
    public static JsonNode problem(HttpResponse<String> answer, int status, String code, String pointer) {
        JsonNode problem = problem(answer, status, code);
        assertThat(problem.at("/errors/0/pointer").asText()).isEqualTo(pointer);
        return problem;
    }
}
