package io.millrace.server.http;

import io.millrace.server.setting.Setting;
import io.smallrye.config.ConfigMapping;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How Millrace's own processes prove themselves to the server. */
@ConfigMapping(prefix = "millrace.internal")
public interface InternalConfig {
    @Setting("File with the token that Millrace's own processes send; readable by the server and by them only.")
    Path tokenFile();

    /** Reads the token. */
    default String token() {
        try {
            return Files.readString(tokenFile()).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("millrace.internal.token-file cannot be read: " + tokenFile(), e);
        }
    }
}
