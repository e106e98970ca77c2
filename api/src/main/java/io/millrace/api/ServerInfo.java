package io.millrace.api;

/** What a server says of itself. */
public record ServerInfo(String version, String flinkVersion) {}
