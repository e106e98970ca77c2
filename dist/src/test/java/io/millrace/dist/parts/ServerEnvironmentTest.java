package io.millrace.dist.parts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

class ServerEnvironmentTest {
    private static final Path REFERENCE =
            Path.of(System.getProperty("millrace.root"), "docs", "reference", "settings.md");

    @Test
    void everyDocumentedSettingReachesTheServer() throws IOException {
        Map<String, String> all = new TreeMap<>();
        Pattern.compile("^\\| `(millrace\\.[^`]+)`", Pattern.MULTILINE)
                .matcher(Files.readString(REFERENCE))
                .results()
                .forEach(found -> all.put(ServerEnvironment.variable(found.group(1)), "value"));

        assertThat(all).containsKeys("MILLRACE_JOB_KEEP_DELETED", "MILLRACE_TARGET_LOCAL_REST_URL");
        assertThat(ServerEnvironment.of(all, List.of())).isEqualTo(all);
    }

    @Test
    void whatTheStackSetsItselfAndWhatIsNoSettingStaysOutside() {
        var environment = Map.of(
                "MILLRACE_TARGET_LOCAL_REST_URL", "http://other",
                "MILLRACE_HOME", "/home",
                "MILLRACE_TOKEN", "secret",
                "MILLRACE_JAVA_OPTIONS", "-Xmx1g",
                "MILLRACE_JOBS", "1",
                "AWS_SECRET_ACCESS_KEY", "secret",
                "MILLRACE_JOB_INTERVAL", "1s",
                "MILLRACE_SECRET_ORDERS", "secret");

        assertThat(ServerEnvironment.of(environment, List.of("millrace.target.local.rest-url=http://127.0.0.1=")))
                .containsOnlyKeys("MILLRACE_JOB_INTERVAL", "MILLRACE_SECRET_ORDERS");
    }
}
