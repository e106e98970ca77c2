package io.millrace.api.access;

/** To whom something is granted. */
public record GranteeView(GranteeKind kind, String name) {}
