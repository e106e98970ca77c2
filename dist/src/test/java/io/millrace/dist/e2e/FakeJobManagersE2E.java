package io.millrace.dist.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.testkit.FakeJobManagers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The JobManagers that benchmarks talk to answer in the words of a real one. */
@ExtendWith(SharedStack.class)
class FakeJobManagersE2E {
    private static final String SCRIPT = """
            ---
            name: overviewed
            ---
            CREATE TEMPORARY TABLE source (id BIGINT) WITH ('connector' = 'datagen', 'rows-per-second' = '1');
            CREATE TEMPORARY TABLE sink (id BIGINT) WITH ('connector' = 'blackhole');
            INSERT INTO sink SELECT id FROM source;
            """;

    @TempDir
    private Path folder;

    private final Millrace millrace;

    FakeJobManagersE2E(Millrace millrace) {
        this.millrace = millrace;
    }

    @AfterEach
    void stop() throws Exception {
        millrace.run("job", "stop", "overviewed", "--no-savepoint", "--wait");
    }

    @Test
    void answerAsARealOneDoes() throws Exception {
        Path file = Files.writeString(folder.resolve("overviewed.sql"), SCRIPT);
        Millrace.Answer started = millrace.run("job", "apply", "-f", file.toString(), "--start", "--wait");
        assertThat(started.exit()).as(started.err()).isZero();
        int real = new ObjectMapper()
                .readTree(millrace.home().resolve("stack.json").toFile())
                .at("/ports/jobmanager")
                .asInt();
        int fake = new FakeJobManagers().start(List.of("00000000000000000000000000000001"));

        assertThat(fields(fake, "/jobs/overview")).isEqualTo(fields(real, "/jobs/overview"));
        assertThat(fields(fake, "/overview")).isEqualTo(fields(real, "/overview"));
        assertThat(fields(fake, "/jobmanager/config")).isEqualTo(fields(real, "/jobmanager/config"));
        assertThat(get(real, "/jobmanager/config").findValuesAsText("key")).contains("web.tmpdir");
    }

    private static JsonNode get(int port, String path) throws IOException {
        return new ObjectMapper()
                .readTree(URI.create("http://127.0.0.1:" + port + path).toURL());
    }

    /** The place and type of each value; those of a list's elements are one. */
    private static Set<String> fields(int port, String path) throws IOException {
        Set<String> fields = new TreeSet<>();
        collect("", get(port, path), fields);
        return fields;
    }

    private static void collect(String place, JsonNode node, Set<String> fields) {
        if (node.isArray()) {
            node.forEach(element -> collect(place + "/*", element, fields));
        } else if (node.isObject()) {
            node.properties().forEach(field -> collect(place + "/" + field.getKey(), field.getValue(), fields));
        } else {
            fields.add(place + " " + node.getNodeType());
        }
    }
}
