package io.millrace.flink.functions;

import org.jspecify.annotations.Nullable;

/**
 * What a user-agent string says of its sender. Null is what it doesn't say.
 *
 * @param system the operating system with its version
 * @param bot whether it declares itself a program that no person steers
 */
record UserAgent(
        @Nullable String browser,
        @Nullable String version,
        @Nullable String system,
        @Nullable String device,
        boolean bot) {
    static final UserAgent UNKNOWN = new UserAgent(null, null, null, null, false);
}
