package io.millrace.flink.catalog;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Where the server's internal API is; read from the Flink configuration of the process. */
public final class MetastoreOptions {
    public static final ConfigOption<String> URL = ConfigOptions.key("millrace.metastore.url")
            .stringType()
            .noDefaultValue()
            .withDescription("Base address of the Millrace server's internal API, without a path.");

    public static final ConfigOption<String> TOKEN_FILE = ConfigOptions.key("millrace.metastore.token-file")
            .stringType()
            .noDefaultValue()
            .withDescription("File with the token for the server's internal API.");

    private MetastoreOptions() {}
}
