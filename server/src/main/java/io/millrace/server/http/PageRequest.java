package io.millrace.server.http;

import io.millrace.api.Page;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/**
 * Which part of a list a caller asks for. The token is opaque to callers: the key of the last item of the page before.
 *
 * @param size most items, 1 to 1,000
 * @param after the key after which the page begins; empty for the first page
 */
public record PageRequest(int size, String after) {
    private static final int DEFAULT_SIZE = 100;
    private static final int MAX_SIZE = 1000;

    public static PageRequest of(@Nullable Integer size, @Nullable String token) {
        int wanted = size == null ? DEFAULT_SIZE : size;
        if (wanted < 1 || wanted > MAX_SIZE) {
            throw new MillraceException(
                    ErrorCode.REQUEST_INVALID,
                    "pageSize must be from 1 to " + MAX_SIZE + ", not " + wanted + ".",
                    List.of(Flaw.at("/pageSize", "out of range")));
        }
        return new PageRequest(wanted, token == null ? "" : decode(token));
    }

    /** The key as a number, for lists that are sorted by one; {@code first} for the first page. */
    public long number(long first) {
        try {
            return after.isEmpty() ? first : Long.parseLong(after);
        } catch (NumberFormatException e) {
            throw notAToken();
        }
    }

    /** Makes a page of {@code items}, which were asked for with a limit of {@code size() + 1}. */
    public <T> Page<T> page(List<T> items, Function<? super T, String> key) {
        if (items.size() <= size) {
            return new Page<>(items, null);
        }
        List<T> shown = items.subList(0, size);
        return new Page<>(shown, encode(key.apply(shown.get(size - 1))));
    }

    private static String encode(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw notAToken();
        }
    }

    private static MillraceException notAToken() {
        return new MillraceException(
                ErrorCode.REQUEST_INVALID,
                "pageToken is none that this server gave out; start again without one.",
                List.of(Flaw.at("/pageToken", "not a token")));
    }
}
