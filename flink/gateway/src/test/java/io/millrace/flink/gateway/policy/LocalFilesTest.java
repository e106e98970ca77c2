package io.millrace.flink.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.flink.gateway.problem.GatewayException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

class LocalFilesTest {
    private static Map<String, Path> files(String key, String value) {
        return LocalFiles.of(Map.of("connector", "any", key, value));
    }

    @ParameterizedTest
    @CsvSource({
        "path,                                      /etc/passwd,                /etc/passwd",
        "path,                                      file:/etc/passwd,           /etc/passwd",
        "path,                                      FILE:///etc/passwd,         /etc/passwd",
        "path,                                      file://somehost/etc/passwd, /etc/passwd",
        "path,                                      //somehost/etc/passwd,      /etc/passwd",
        "path,                                      /etc/.//passwd,             /etc/passwd",
        "path,                                      /etc/nothing/here,          /etc/nothing/here",
        "warehouse,                                 /etc,                       /etc",
        "hive-conf-dir,                             /etc,                       /etc",
        "hadoop-conf-dir,                           /etc,                       /etc",
        "write.data.path,                           /etc,                       /etc",
        "properties.ssl.truststore.location,        /etc/passwd,                /etc/passwd",
        "properties.ssl.keystore.location,          /etc/passwd,                /etc/passwd",
        "properties.sasl.oauthbearer.jwks.endpoint.url, file:///etc/passwd,     /etc/passwd",
        "anything,                                  /etc/passwd,                /etc/passwd",
    })
    void findsWhatIsAFileOfTheHost(String key, String value, Path file) {
        assertThat(files(key, value)).containsExactly(Map.entry(key, file));
    }

    @Test
    void takesARelativePathFromWhereTheProcessIs() {
        assertThat(files("path", "x/y.csv"))
                .containsEntry("path", Path.of("x/y.csv").toAbsolutePath());
        assertThat(files("other", "./y.csv"))
                .containsEntry("other", Path.of("y.csv").toAbsolutePath());
    }

    @ParameterizedTest
    @CsvSource({
        "path,                         hdfs://namenode:8020/etc",
        "path,                         s3://bucket/etc/x",
        "topic,                        a.b",
        "properties.bootstrap.servers, 'k1:9092,k2:9092'",
        "uri,                          https://catalog.example/api",
        "uri,                          thrift://metastore:9083",
        "csv.field-delimiter,          /",
        "format,                       profile:x",
        "properties.sasl.jaas.config,  'o.a.k.PlainLoginModule required username=\"u\" password=\"p/w\";'",
        "properties.ssl.truststore.certificates, '-----BEGIN CERTIFICATE-----\n/abc\n-----END CERTIFICATE-----'",
    })
    void leavesAloneWhatIsNone(String key, String value) {
        assertThat(files(key, value)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "path,                        har:///etc/x.har",
        "path,                        har://file-localhost/etc/x.har",
        "path,                        viewfs://c/etc",
        "path,                        /srv/../etc/passwd",
        "path,                        file:..",
        "properties.ssl.keystore.location, ../x",
        "path,                        '  jar:file:/etc/x.jar!/'",
        "properties.sasl.jaas.config, 'Krb5LoginModule required useKeyTab=true keyTab=\"/etc/k\";'",
        "properties.sasl.jaas.config, 'Krb5LoginModule required keyTab=\"relative\";'",
        "properties.client.id,        '${file:/etc/passwd:root}'",
        "properties.client.id,        '${x:/etc/passwd:root}'",
        "properties.config.providers, x",
        "uri,                         jdbc:sqlite:/etc/x.db",
        "uri,                         jdbc:h2:mem:t;INIT=RUNSCRIPT FROM 'x.sql'",
    })
    void refusesWhereItCannotBeTold(String key, String value) {
        assertThatThrownBy(() -> files(key, value))
                .isInstanceOf(GatewayException.class)
                .hasMessageContaining("'" + key + "'")
                .hasMessageContaining("folders");
    }

    @ParameterizedTest
    @CsvSource({
        "url,               jdbc:postgresql://h/d?sslrootcert=/etc/passwd",
        "url,               jdbc:postgresql://h/d?ssl=true&loggerFile=x",
        "url,               jdbc:postgresql://h/d?SocketFactory=x",
        "url,               'jdbc:mysql://(host=h,serverSslCert=x)/d'",
        "url,               jdbc:mysql://h/d?useSSL=true&serverRsaPublicKeyFile=x",
        "url,               jdbc:mysql://h/d?allowLoadLocalInfile=true",
        "url,               jdbc:mysql://h/d?%61llowLoadLocalInfile=true",
        "url,               jdbc:derby:etc",
        "url,               jdbc:mysql:loadbalance://h/d",
        "properties.sslkey, x",
    })
    void refusesParametersOfDriversThatAreNotKnown(String key, String value) {
        assertThatThrownBy(() -> LocalFiles.of(Map.of("connector", "jdbc", key, value)))
                .isInstanceOf(GatewayException.class)
                .hasMessageContaining("'" + key + "'");
    }

    @Test
    void takesTheUsualAddressesOfDatabases() {
        assertThat(LocalFiles.of(Map.of(
                        "connector", "jdbc", "url", "jdbc:mysql://h1:3306,h2/shop?useSSL=true&serverTimezone=UTC")))
                .isEmpty();
        assertThat(LocalFiles.of(Map.of("connector", "jdbc", "url", "jdbc:postgresql://[::1]:5432/d")))
                .isEmpty();
    }

    @Test
    void followsLinks(@TempDir Path folder) throws IOException {
        Path secret = Files.writeString(
                Files.createDirectory(folder.resolve("secrets")).resolve("key"), "x");
        Path open = Files.createDirectory(folder.resolve("open"));
        Files.createSymbolicLink(open.resolve("file"), secret);
        Files.createSymbolicLink(open.resolve("folder"), secret.getParent());
        Path dangling = Files.createSymbolicLink(open.resolve("later"), folder.resolve("not yet"));
        Path real = folder.toRealPath();

        assertThat(files("path", open.resolve("file").toString())).containsEntry("path", real.resolve("secrets/key"));
        assertThat(files("path", open.resolve("folder/new/x").toString()))
                .containsEntry("path", real.resolve("secrets/new/x"));
        assertThatThrownBy(() -> files("path", dangling.toString())).hasMessageContaining("can be followed");
    }
}
