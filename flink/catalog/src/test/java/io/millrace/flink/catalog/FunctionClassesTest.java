package io.millrace.flink.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.table.functions.ScalarFunction;
import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

class FunctionClassesTest {
    @Test
    void theArtifactOfAClassIsItsJar() throws Exception {
        Path jar = Path.of(ScalarFunction.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar));

        assertThat(FunctionClasses.artifact(ScalarFunction.class.getName()))
                .hasValue("sha256:" + HexFormat.of().formatHex(digest));
        assertThat(FunctionClasses.artifact("no.such.Function")).isEmpty();
        assertThat(FunctionClasses.artifact("java.lang.String")).isEmpty();
    }
}
