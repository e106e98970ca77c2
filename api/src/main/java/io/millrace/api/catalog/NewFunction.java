package io.millrace.api.catalog;

/**
 * A function to be created.
 *
 * @param name in any case; it is kept in lower case
 * @param className a class on Flink's class path
 */
public record NewFunction(String name, String className) {}
