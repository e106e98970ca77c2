package io.millrace.testkit;

import java.nio.file.Path;
import java.util.List;

/** A real Iceberg REST catalog, as a process. It keeps tables and their list below a folder. */
public final class TestIcebergRest implements AutoCloseable {
    private static final String HEAP = "-Xmx128m";

    private final TestProcess process;

    private TestIcebergRest(TestProcess process) {
        this.process = process;
    }

    /** {@code folder} exists and is the server's alone. */
    public static TestIcebergRest start(Path folder) {
        return new TestIcebergRest(TestProcess.start(
                folder,
                "iceberg-rest",
                List.of(
                        HEAP,
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        "-cp",
                        TestProcess.classPath("iceberg-rest"),
                        "io.millrace.testkit.iceberg.RestCatalogServer",
                        "PORT",
                        folder.toString())));
    }

    public String uri() {
        return "http://127.0.0.1:" + process.port();
    }

    @Override
    public void close() {
        process.close();
    }
}
