package io.millrace.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.lineage.Dataset;
import org.junit.jupiter.api.Test;

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
                .isEqualTo("s3://bucket /x");
        assertThat(name(Map.of("connector", "iceberg"))).isEmpty();
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
