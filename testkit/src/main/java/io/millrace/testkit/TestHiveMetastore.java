package io.millrace.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A real Hive metastore on Derby, as a process. Its databases are folders below {@link #warehouse}. */
public final class TestHiveMetastore implements AutoCloseable {
    private static final String HEAP = "-Xmx192m";

    private final TestProcess process;
    private final Path warehouse;

    private TestHiveMetastore(TestProcess process, Path warehouse) {
        this.process = process;
        this.warehouse = warehouse;
    }

    /** {@code folder} exists and is the server's alone. */
    public static TestHiveMetastore start(Path folder) {
        Path warehouse = folder.resolve("warehouse");
        try {
            Files.createDirectories(warehouse);
            Files.writeString(folder.resolve("metastore-site.xml"), site(folder, warehouse));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new TestHiveMetastore(
                TestProcess.start(
                        folder,
                        "hive-metastore",
                        List.of(
                                HEAP,
                                "-cp",
                                folder + ":" + TestProcess.classPath("hive-metastore"),
                                "org.apache.hadoop.hive.metastore.HiveMetaStore",
                                "-p",
                                "PORT")),
                warehouse);
    }

    public String address() {
        return "127.0.0.1:" + process.port();
    }

    public int port() {
        return process.port();
    }

    public Path warehouse() {
        return warehouse;
    }

    @Override
    public void close() {
        process.close();
    }

    private static String site(Path folder, Path warehouse) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("metastore.warehouse.dir", warehouse.toUri().toString());
        settings.put("metastore.warehouse.external.dir", warehouse.toUri().toString());
        settings.put(
                "javax.jdo.option.ConnectionURL", "jdbc:derby:;databaseName=" + folder.resolve("db") + ";create=true");
        settings.put("javax.jdo.option.ConnectionDriverName", "org.apache.derby.jdbc.EmbeddedDriver");
        settings.put("datanucleus.schema.autoCreateAll", "true");
        settings.put("metastore.schema.verification", "false");
        // Their defaults are classes of Hive itself, which the metastore alone does not have.
        settings.put("metastore.expression.proxy", "org.apache.hadoop.hive.metastore.DefaultPartitionExpressionProxy");
        settings.put("metastore.task.threads.always", "org.apache.hadoop.hive.metastore.events.EventCleanerTask");
        settings.put("metastore.task.threads.remote", "");
        StringBuilder xml = new StringBuilder("<configuration>\n");
        settings.forEach((key, value) -> xml.append("<property><name>")
                .append(key)
                .append("</name><value>")
                .append(value)
                .append("</value></property>\n"));
        return xml.append("</configuration>\n").toString();
    }
}
