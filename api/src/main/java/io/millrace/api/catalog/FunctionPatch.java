package io.millrace.api.catalog;

/** Another class for a function. */
public record FunctionPatch(String className) {}
