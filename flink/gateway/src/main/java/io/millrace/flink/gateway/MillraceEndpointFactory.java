package io.millrace.flink.gateway;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.gateway.api.endpoint.SqlGatewayEndpoint;
import org.apache.flink.table.gateway.api.endpoint.SqlGatewayEndpointFactory;
import org.apache.flink.table.gateway.api.endpoint.SqlGatewayEndpointFactoryUtils;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;

/** Makes the endpoint of {@code sql-gateway.endpoint.type: millrace} inside Flink's SQL gateway process. */
public final class MillraceEndpointFactory implements SqlGatewayEndpointFactory {
    @Override
    public String factoryIdentifier() {
        return "millrace";
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of(MillraceEndpointOptions.PORT, MillraceEndpointOptions.TOKEN_FILE);
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return Set.of(MillraceEndpointOptions.ADDRESS);
    }

    @Override
    public SqlGatewayEndpoint createSqlGatewayEndpoint(Context context) {
        var helper = SqlGatewayEndpointFactoryUtils.createEndpointFactoryHelper(this, context);
        helper.validate();
        ReadableConfig options = helper.getOptions();
        InetSocketAddress address = new InetSocketAddress(
                options.get(MillraceEndpointOptions.ADDRESS), options.get(MillraceEndpointOptions.PORT));
        Configuration flink =
                Configuration.fromMap(context.getFlinkConfiguration().toMap());
        return new MillraceEndpoint(
                flink, address, token(options.get(MillraceEndpointOptions.TOKEN_FILE)), Clock.systemUTC());
    }

    private static String token(String file) {
        String token;
        try {
            token = Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw new ValidationException("The file of 'sql-gateway.endpoint.millrace.token-file' cannot be read.", e);
        }
        if (token.isEmpty()) {
            throw new ValidationException("The file of 'sql-gateway.endpoint.millrace.token-file' is empty.");
        }
        return token;
    }
}
