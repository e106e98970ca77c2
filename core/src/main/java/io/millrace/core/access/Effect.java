package io.millrace.core.access;

/** What a grant does. A denial wins over every permission, wherever either stands. */
public enum Effect {
    ALLOW,
    DENY
}
