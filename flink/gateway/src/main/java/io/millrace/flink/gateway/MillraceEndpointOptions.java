package io.millrace.flink.gateway;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** The endpoint's options, below {@code sql-gateway.endpoint.millrace.}. */
public final class MillraceEndpointOptions {
    public static final ConfigOption<String> ADDRESS = ConfigOptions.key("address")
            .stringType()
            .defaultValue("127.0.0.1")
            .withDescription("Where to listen. Only the server needs to reach it.");

    public static final ConfigOption<Integer> PORT =
            ConfigOptions.key("port").intType().noDefaultValue().withDescription("The port to listen at; 0 for any.");

    public static final ConfigOption<String> TOKEN_FILE = ConfigOptions.key("token-file")
            .stringType()
            .noDefaultValue()
            .withDescription("File with the token that every request must carry.");

    private MillraceEndpointOptions() {}
}
