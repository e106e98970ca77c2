package io.millrace.server.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;

import java.io.IOException;

/** Reads the texts of a request. The character U+0000, which PostgreSQL cannot keep, is refused where it stands. */
final class RequestText extends StringDeserializer {
    private static final long serialVersionUID = 1L;

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        String text = super.deserialize(parser, context);
        int at = text == null ? -1 : text.indexOf('\0');
        if (at >= 0) {
            context.reportInputMismatch(
                    this, "character %d of the text is U+0000, which Millrace cannot keep; leave it out.", at + 1);
        }
        return text;
    }
}
