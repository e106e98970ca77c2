package io.millrace.server.catalog;

import io.millrace.server.setting.Setting;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What is behind the catalogs. */
@ConfigMapping(prefix = "millrace.catalog")
public interface CatalogConfig {
    Kafka kafka();

    Warehouse warehouse();

    Postgres postgres();

    Inline inline();

    /** Tables that no catalog keeps, because they name their connector themselves. */
    interface Inline {
        @Setting(
                "URIs of the folders of the host below which tables that name their own connector may have files, such as"
                        + " file:///srv/data, separated by commas; without it, nowhere. Other stores than the host's files are"
                        + " not limited by this.")
        Optional<List<URI>> allowedRoots();
    }

    /** The catalog {@code kafka}. */
    interface Kafka {
        @Setting("Addresses of the Kafka cluster behind kafka.main, such as 127.0.0.1:9092.")
        String bootstrapServers();
    }

    /** The catalog {@code warehouse}. */
    interface Warehouse {
        @Setting("URI of the folder below which the warehouse keeps its files; all Flink processes must reach it.")
        URI root();
    }

    /** The catalog {@code postgres}. */
    interface Postgres {
        @Setting("Host of the PostgreSQL server whose database is shown as catalog postgres.")
        String host();

        @Setting("Port of that server.")
        @WithDefault("5432")
        int port();

        @Setting("The database; its schemas become databases of the catalog.")
        String database();

        @Setting("The user with whom the server and Flink's jobs connect.")
        String username();

        @Setting("File with the password of that user.")
        Path passwordFile();

        /** Reads the password; called for each connection, so that a new one takes effect without a restart. */
        default String password() {
            try {
                return Files.readString(passwordFile()).strip();
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "millrace.catalog.postgres.password-file cannot be read: " + passwordFile(), e);
            }
        }
    }
}
