package io.millrace.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.lineage.Dataset;
import io.openlineage.client.utils.DatasetIdentifier;
import io.openlineage.client.utils.filesystem.FilesystemDatasetUtils;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.List;
import java.util.Map;

class PhysicalNamesTest {
    private static String name(Map<String, String> options) {
        return PhysicalNames.named(options).map(PhysicalNamesTest::text).orElse("");
    }

    private static String text(Dataset dataset) {
        return dataset.namespace() + " " + dataset.name();
    }

    @Test
    void namesTablesByTheirPlace() {
        assertThat(name(Map.of(
                        "connector", "kafka", "properties.bootstrap.servers", "b:9092,A:9092", "topic", "orders")))
                .isEqualTo("kafka://a:9092 orders");
        assertThat(name(Map.of("connector", "filesystem", "path", "file:///data/w h/x")))
                .isEqualTo("file /data/w h/x");
        assertThat(name(Map.of("connector", "filesystem", "path", "s3://bucket/x")))
                .isEqualTo("s3://bucket x");
        assertThat(name(Map.of("connector", "filesystem", "path", "hdfs://name:8020/hive/sales.db/orders")))
                .isEqualTo("hdfs://name:8020 /hive/sales.db/orders");
        assertThat(name(Map.of("connector", "odd"))).isEmpty();
    }

    @Test
    void namesIcebergTablesByTheirFolderOrByTheAddressOfTheirCatalog() {
        assertThat(name(Map.of(
                        "connector", "iceberg",
                        "catalog-type", "hadoop",
                        "warehouse", "file:///lake/",
                        "catalog-database", "sales",
                        "catalog-table", "orders")))
                .isEqualTo("file /lake/sales/orders");
        assertThat(name(Map.of(
                        "connector", "iceberg",
                        "catalog-type", "rest",
                        "uri", "http://u:secret@lake:8181/api/",
                        "warehouse", "main",
                        "token", "secret",
                        "catalog-database", "sales",
                        "catalog-table", "orders")))
                .isEqualTo("http://lake:8181/api sales.orders");
        assertThat(name(Map.of("connector", "iceberg"))).isEmpty();
    }

    /** What OpenLineage's own client calls the same places. */
    @Test
    void agreesWithOpenLineagesClient() {
        for (String path : List.of(
                "file:///data/x",
                "s3://bucket/x/y",
                "hdfs://name:8020/hive/orders",
                "gs://bucket/a",
                "oss://b/c/d",
                "s3a://a_b/c")) {
            DatasetIdentifier theirs = FilesystemDatasetUtils.fromLocation(URI.create(path));
            assertThat(name(Map.of("connector", "filesystem", "path", path)))
                    .isEqualTo(theirs.getNamespace() + " " + theirs.getName());
        }
    }

    @Test
    void neverTellsAPassword() {
        assertThat(name(Map.of(
                        "connector", "jdbc",
                        "url", "jdbc:postgresql://u:secret@h:5433/shop?user=u&password=secret",
                        "username", "u",
                        "password", "secret",
                        "table-name", "public.orders")))
                .isEqualTo("postgres://h:5433 shop.public.orders");
        assertThat(name(Map.of("connector", "jdbc", "url", "jdbc:mysql://h/crm?password=x", "table-name", "users")))
                .isEqualTo("mysql://h:3306 crm.users");
        assertThat(name(Map.of("connector", "jdbc", "url", "jdbc:odd thing", "table-name", "t")))
                .isEmpty();
    }
}
