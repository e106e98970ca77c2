package io.millrace.server.gateway;

import io.millrace.server.setting.Setting;
import io.smallrye.config.ConfigMapping;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the SQL gateway is. */
@ConfigMapping(prefix = "millrace.gateway")
public interface GatewayConfig {
    @Setting("Address of the SQL gateway's private API, such as http://127.0.0.1:8083.")
    URI url();

    @Setting("File with the token that the gateway asks for; readable by the server and the gateway only.")
    Path tokenFile();

    /** Reads the token; called before each call, so that a new one takes effect without a restart. */
    default String token() {
        try {
            return Files.readString(tokenFile()).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("millrace.gateway.token-file cannot be read: " + tokenFile(), e);
        }
    }
}
