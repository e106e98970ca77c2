package io.millrace.server.http;

import jakarta.ws.rs.core.Response;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Sentences besides an answer: one header each, percent-encoded. */
public final class Notices {
    static final String HEADER = "Millrace-Notice";

    private Notices() {}

    public static Response.ResponseBuilder on(Response.ResponseBuilder response, List<String> sentences) {
        sentences.forEach(sentence -> response.header(HEADER, encoded(sentence)));
        return response;
    }

    static String encoded(String sentence) {
        return URLEncoder.encode(sentence, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
