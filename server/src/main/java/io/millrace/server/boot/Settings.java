package io.millrace.server.boot;

import io.millrace.core.error.Nearest;
import io.millrace.server.access.AccessConfig;
import io.millrace.server.access.ActivityConfig;
import io.millrace.server.bundle.BundleConfig;
import io.millrace.server.catalog.CatalogConfig;
import io.millrace.server.connection.ConnectionConfig;
import io.millrace.server.gateway.GatewayConfig;
import io.millrace.server.git.GitConfig;
import io.millrace.server.http.InternalConfig;
import io.millrace.server.job.JobConfig;
import io.millrace.server.job.SnapshotConfig;
import io.millrace.server.lineage.LineageConfig;
import io.millrace.server.logs.LogsConfig;
import io.millrace.server.secret.SecretConfig;
import io.millrace.server.setting.SettingsReference;
import io.millrace.server.sql.SqlConfig;
import io.millrace.server.target.TargetConfig;
import io.quarkus.runtime.Startup;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SysPropConfigSource;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Knows every setting of the server and refuses to start with one that nobody declared. */
@Startup
@Singleton
final class Settings {
    /** Each feature's config interface; the settings reference is made of them. */
    static final SettingsReference ALL = new SettingsReference(List.of(
            AccessConfig.class,
            ActivityConfig.class,
            BundleConfig.class,
            CatalogConfig.class,
            ConnectionConfig.class,
            GatewayConfig.class,
            InternalConfig.class,
            GitConfig.class,
            JobConfig.class,
            SnapshotConfig.class,
            LineageConfig.class,
            LogsConfig.class,
            SecretConfig.class,
            SqlConfig.class,
            TargetConfig.class));

    private static final String PREFIX = "millrace.";

    Settings(Config config) {
        List<String> unknown = unknown(config);
        if (!unknown.isEmpty()) {
            throw new IllegalStateException(String.join(" ", unknown));
        }
    }

    /** One sentence for each undeclared name. The environment and the JVM's properties also serve others, so they pass. */
    static List<String> unknown(Config config) {
        Set<String> names = new TreeSet<>();
        for (ConfigSource source : config.getConfigSources()) {
            if (!(source instanceof EnvConfigSource || source instanceof SysPropConfigSource)) {
                names.addAll(source.getPropertyNames());
            }
        }
        names.removeIf(name -> !name.startsWith(PREFIX) || ALL.names().contains(name));
        return names.stream().map(Settings::sentence).toList();
    }

    private static String sentence(String name) {
        return "There is no setting '" + name + "'."
                + Nearest.to(name, ALL.names())
                        .map(near -> " Did you mean '" + near + "'?")
                        .orElse(" docs/reference/settings.md lists all of them.");
    }
}
