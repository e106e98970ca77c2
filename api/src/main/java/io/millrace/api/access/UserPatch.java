package io.millrace.api.access;

import org.jspecify.annotations.Nullable;

/** What changes of a user; what is left out stays. */
public record UserPatch(
        @Nullable String comment,
        @Nullable Boolean admin,
        @Nullable Boolean disabled) {}
