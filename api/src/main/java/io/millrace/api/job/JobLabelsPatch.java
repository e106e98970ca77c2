package io.millrace.api.job;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A change of a job's tags and owner; what is null stays.
 *
 * @param tags to add
 * @param untags to take away
 * @param owner a user or service account, such as {@code alice}, or a group, such as {@code group:ops}
 */
public record JobLabelsPatch(
        @Nullable List<String> tags,
        @Nullable List<String> untags,
        @Nullable String owner) {}
