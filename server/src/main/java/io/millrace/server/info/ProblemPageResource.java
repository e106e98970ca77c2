package io.millrace.server.info;

import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.millrace.server.http.Public;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The pages to which the {@code type} of a problem points: {@code docs/problems}, as they were at the build. */
@Path("/problems")
public final class ProblemPageResource {
    @GET
    @Path("{slug}")
    @Produces("text/plain;charset=utf-8")
    @Public
    public String get(@PathParam("slug") String slug) {
        return Arrays.stream(ErrorCode.values())
                .map(ErrorCode::slug)
                .filter(slug::equals)
                .findFirst()
                .map(ProblemPageResource::read)
                .orElseThrow(() -> new MillraceException(ErrorCode.NOT_FOUND, "There is no problem of this name."));
    }

    private static String read(String slug) {
        try (InputStream page = ProblemPageResource.class.getResourceAsStream("/problems/" + slug + ".md")) {
            if (page == null) {
                throw new IllegalStateException("docs/problems/" + slug + ".md is missing");
            }
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
