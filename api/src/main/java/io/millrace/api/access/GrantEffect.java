package io.millrace.api.access;

/** What a grant does. A denial wins over every permission. */
public enum GrantEffect {
    ALLOW,
    DENY
}
