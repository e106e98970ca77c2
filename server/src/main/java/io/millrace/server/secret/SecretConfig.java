package io.millrace.server.secret;

import io.millrace.server.setting.Setting;
import io.smallrye.config.ConfigMapping;

import java.nio.file.Path;
import java.util.Optional;

/** Where the server finds its master keys and the secrets that others look after. */
@ConfigMapping(prefix = "millrace.secret")
public interface SecretConfig {
    @Setting("File with the master keys that seal secrets of connections, one `<id>:<base64 of 32 bytes>` a line, the"
            + " current one first; without it, MILLRACE_SECRET_KEY in the environment.")
    Optional<Path> keyFile();

    @Setting("Folder with the files that secrets of connections may refer to by name.")
    Optional<Path> folder();
}
