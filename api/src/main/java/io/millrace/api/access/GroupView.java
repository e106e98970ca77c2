package io.millrace.api.access;

import java.time.Instant;

/** A group of users and service accounts. */
public record GroupView(String name, String comment, String createdBy, Instant createdAt) {}
