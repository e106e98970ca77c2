package io.millrace.api.gateway;

/** Which Flink a gateway plans for. */
public record GatewayInfo(String flinkVersion) {}
