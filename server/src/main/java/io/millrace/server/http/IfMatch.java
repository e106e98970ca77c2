package io.millrace.server.http;

import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import org.jspecify.annotations.Nullable;

import java.util.OptionalLong;

/** The version on which a write is based, as the If-Match header gives it. */
public record IfMatch(OptionalLong version) {
    /** Called by Jakarta REST. {@code *} means whatever is there. */
    public static IfMatch fromString(String header) {
        String text = header.strip();
        if (text.equals("*")) {
            return new IfMatch(OptionalLong.empty());
        }
        String bare = text.startsWith("\"") && text.endsWith("\"") && text.length() > 2
                ? text.substring(1, text.length() - 1)
                : text;
        try {
            return new IfMatch(OptionalLong.of(Long.parseLong(bare)));
        } catch (NumberFormatException e) {
            throw new MillraceException(
                    ErrorCode.STALE_VERSION,
                    "If-Match is no ETag of this server: " + header + ". Read the object again.");
        }
    }

    /** For writes that must say what they are based on. */
    public static IfMatch required(@Nullable IfMatch match) {
        if (match == null) {
            throw new MillraceException(
                    ErrorCode.PRECONDITION_REQUIRED,
                    "Send If-Match with the ETag that you read, or * for whatever is there.");
        }
        return match;
    }

    /** Fails unless {@code current} is what the caller read. */
    public void check(long current) {
        if (version.isPresent() && version.getAsLong() != current) {
            throw new MillraceException(
                    ErrorCode.STALE_VERSION,
                    "The object changed meanwhile; read it again. You have version " + version.getAsLong()
                            + ", it is at " + current + ".");
        }
    }

    /** The ETag header's value for a version. */
    public static String etag(long version) {
        return "\"" + version + "\"";
    }
}
