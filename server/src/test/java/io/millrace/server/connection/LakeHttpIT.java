package io.millrace.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.Json;
import io.millrace.server.http.OpenApiExchanges;
import io.millrace.server.http.ServerStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.UUID;

/** Iceberg and Hive connections over HTTP, and the tables behind them. */
@QuarkusTest
@QuarkusTestResource(ServerStack.class)
class LakeHttpIT {
    private final OpenApiExchanges api = new OpenApiExchanges();
    private final String name = "l_" + UUID.randomUUID().toString().substring(0, 8);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "iceberg|{'catalogType':'rest','uri':'http://169.254.169.254/latest'}|EGRESS_DENIED",
                "iceberg|{'catalogType':'hadoop','root':'file:///etc'}|EGRESS_DENIED",
                "iceberg|{'catalogType':'hadoop','root':'file:///etc/../tmp'}|CONNECTION_INVALID",
                "iceberg|{'catalogType':'rest','uri':'file:///etc/passwd'}|CONNECTION_INVALID",
                "iceberg|{'catalogType':'hive','uri':'http://lake:8181'}|CONNECTION_INVALID",
                "iceberg|{'catalogType':'rest','uri':'http://lake:8181','io-impl':'java.util.ArrayList'}|/fields/io-impl",
                "iceberg|{'catalogType':'rest','uri':'http://lake:8181','catalog-impl':'x.Y'}|/fields/catalog-impl",
                "hive|{'metastore':['hms:9083'],'root':'file:///etc'}|EGRESS_DENIED",
                "hive|{'metastore':['hms:9083']}|'root' is required",
                "hive|{'metastore':['thrift://hms:9083'],'root':'file:///etc'}|CONNECTION_INVALID"
            })
    void refusesWhatLeadsElsewhere(String kind, String fields, String expected) {
        assertThat(create(kind, fields.replace('\'', '"')).body()).contains(expected);
        assertThat(api.get("/connections/" + name).statusCode()).isEqualTo(404);
    }

    @Test
    void makesATableThatIcebergReadsAndFlinkFinds() throws IOException {
        String warehouse = ConfigProvider.getConfig().getValue("millrace.catalog.warehouse.root", String.class);
        String root = warehouse.substring(0, warehouse.lastIndexOf('/')) + "/" + name;
        assertThat(create("iceberg", "{\"catalogType\":\"hadoop\",\"root\":\"" + root + "\"}")
                        .statusCode())
                .isEqualTo(201);
        String databases = "/catalogs/" + name + "/databases";
        Internal.post(databases, "{\"name\":\"shop\",\"comment\":\"\"}");

        String made = Internal.post(databases + "/shop/tables", """
                {"definition":{"name":"orders","kind":"TABLE","columns":[
                  {"name":"id","kind":"PHYSICAL","type":"BIGINT NOT NULL","virtual":false},
                  {"name":"ts","kind":"PHYSICAL","type":"TIMESTAMP(6)","virtual":false},
                  {"name":"sold","kind":"COMPUTED","expression":"CAST(`ts` AS TIMESTAMP(3))","virtual":false}],
                 "watermarks":[{"column":"sold","expression":"`sold` - INTERVAL '5' SECOND"}],
                 "partitionKeys":[],"options":{"write.format.default":"orc"}}}
                """);

        try (HadoopCatalog other = new HadoopCatalog(new Configuration(false), root)) {
            assertThat(other.loadTable(TableIdentifier.of("shop", "orders"))
                            .schema()
                            .columns())
                    .extracting(column -> column.name())
                    .containsExactly("id", "ts");
        }
        assertThat(Internal.get("/resolutions?ref="
                        + Json.strict().readTree(made).at("/ref").textValue()))
                .contains("\"connector\":\"iceberg\"", "\"catalog-type\":\"hadoop\"", root);
        assertThat(api.get(databases + "/shop/tables/orders").body())
                .contains("CAST(`ts` AS TIMESTAMP(3))", "write.format.default")
                .doesNotContain(root);
    }

    private HttpResponse<String> create(String kind, String fields) {
        return api.send(
                "POST",
                "/connections",
                "{\"name\":\"" + name + "\",\"kind\":\"" + kind + "\",\"fields\":" + fields + ",\"secrets\":{}}");
    }
}
