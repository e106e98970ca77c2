package io.millrace.api.gateway;

import java.util.Map;

/**
 * A job of which is asked what state it keeps.
 *
 * @param script settings, temporary objects, then INSERT statements or one statement set
 * @param settings Flink options that take precedence over the script's
 */
public record NewStatePlan(String script, Map<String, String> settings) {}
