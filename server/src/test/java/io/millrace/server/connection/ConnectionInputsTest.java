package io.millrace.server.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.connection.Connection;
import io.millrace.core.connection.ConnectionDraft;
import io.millrace.core.connection.ConnectionFields;
import io.millrace.core.connection.ConnectionId;
import io.millrace.core.connection.ConnectionKind;
import io.millrace.core.connection.ConnectionName;
import io.millrace.core.connection.FieldRule;
import io.millrace.core.connection.SecretInput;
import io.millrace.core.connection.SecretOrigin;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.testkit.Cases;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** What people send who want more than a connection. Everything is refused by what a field may be, not by lists. */
class ConnectionInputsTest {
    private static final Map<ConnectionKind, Map<String, Object>> GOOD = Map.of(
            ConnectionKind.MYSQL, Map.of("host", "db", "username", "app"),
            ConnectionKind.POSTGRES, Map.of("host", "db", "database", "crm", "username", "app"),
            ConnectionKind.KAFKA,
                    Map.of("bootstrapServers", List.of("k:9092"), "securityProtocol", "SASL_SSL", "username", "app"),
            ConnectionKind.ICEBERG, Map.of("catalogType", "rest", "uri", "https://catalog:8181/api"),
            ConnectionKind.FILESYSTEM, Map.of("root", "file:///srv/data"),
            ConnectionKind.HIVE, Map.of("metastore", List.of("hms:9083"), "root", "file:///srv/data"));

    static Stream<Arguments> hostile() {
        return Stream.concat(hostileToDatabases(), hostileToTheRest());
    }

    private static Stream<Arguments> hostileToDatabases() {
        return Stream.of(
                row(ConnectionKind.MYSQL, "allowLoadLocalInfile", "true"),
                row(ConnectionKind.MYSQL, "allowUrlInLocalInfile", true),
                row(ConnectionKind.MYSQL, "ALLOWLOADLOCALINFILE", "Yes"),
                row(ConnectionKind.MYSQL, "allowLoad\tLocalInfile", "true"),
                row(ConnectionKind.MYSQL, "allowLoad\nLocalInfile", "true"),
                row(ConnectionKind.MYSQL, "host\u0000", "db"),
                row(ConnectionKind.MYSQL, "options", Map.of("allowLoadLocalInfile", "true")),
                row(ConnectionKind.MYSQL, "url", "jdbc:mysql://db/test?autoDeserialize=true"),
                row(ConnectionKind.MYSQL, "host", "127.0.0.1,(allowLoadLocalInfile=yeſ,x=y),:3307/test"),
                row(ConnectionKind.MYSQL, "host", "(host=a,allowLoadLocalInfile=true)"),
                row(ConnectionKind.MYSQL, "host", List.of("a", "b")),
                row(ConnectionKind.MYSQL, "port", "3306/test?allowLoadLocalInfile=true"),
                row(ConnectionKind.MYSQL, "port", 3306.5),
                row(ConnectionKind.MYSQL, "port", 65536),
                row(ConnectionKind.MYSQL, "username", "a\u0000b"),
                row(ConnectionKind.MYSQL, "caCertificate", "/etc/passwd"),
                row(ConnectionKind.MYSQL, "tls", "disable&allowLoadLocalInfile=true"),
                row(ConnectionKind.POSTGRES, "database", "test?autoDeserialize=true"),
                row(ConnectionKind.POSTGRES, "database", "x#"),
                row(ConnectionKind.POSTGRES, "database", "SAMPLE:traceLevel=1;"),
                row(ConnectionKind.POSTGRES, "database", "db;x=y"),
                row(ConnectionKind.POSTGRES, "database", "db&socketFactory=x"),
                row(ConnectionKind.POSTGRES, "socketFactory", "org.springframework.ClassPathXmlApplicationContext"),
                row(ConnectionKind.POSTGRES, "socketFactoryArg", "http://127.0.0.1/x.xml"),
                row(ConnectionKind.POSTGRES, "clientRerouteServerListJNDIName", "ldap://127.0.0.1:1389/x"),
                row(ConnectionKind.POSTGRES, "host", "127.1"),
                row(ConnectionKind.POSTGRES, "host", "0x7f000001"),
                row(ConnectionKind.POSTGRES, "host", "[::ffff:127.0.0.1]"));
    }

    private static Stream<Arguments> hostileToTheRest() {
        return Stream.of(
                row(ConnectionKind.KAFKA, "sasl.jaas.config", "com.sun.security.auth.module.JndiLoginModule required;"),
                row(ConnectionKind.KAFKA, "saslMechanism", "OAUTHBEARER"),
                row(ConnectionKind.KAFKA, "sasl.oauthbearer.token.endpoint.url", "file:///etc/passwd"),
                row(ConnectionKind.KAFKA, "properties", Map.of("sasl.jaas.config", "x")),
                row(ConnectionKind.KAFKA, "bootstrapServers", "k:9092"),
                row(ConnectionKind.KAFKA, "bootstrapServers", List.of("k:9092\nsasl.jaas.config=x")),
                row(ConnectionKind.KAFKA, "caCertificate", "/etc/passwd"),
                row(ConnectionKind.KAFKA, "username", "a\nb"),
                row(ConnectionKind.ICEBERG, "uri", "file:///etc"),
                row(ConnectionKind.ICEBERG, "uri", "http://user:pw@catalog/"),
                row(ConnectionKind.ICEBERG, "uri", "http://catalog/?x=y"),
                row(ConnectionKind.ICEBERG, "uri", "http://catalog/%2e%2e/"),
                row(ConnectionKind.ICEBERG, "io-impl", "any.Class"),
                row(ConnectionKind.ICEBERG, "catalog-impl", "any.Class"),
                row(ConnectionKind.FILESYSTEM, "root", "file:///srv/../etc"),
                row(ConnectionKind.FILESYSTEM, "root", "file://host/etc"),
                row(ConnectionKind.FILESYSTEM, "root", "/etc"),
                row(ConnectionKind.FILESYSTEM, "root", "jar:file:///a.jar!/"),
                row(ConnectionKind.FILESYSTEM, "root", "http://host/x"),
                row(ConnectionKind.FILESYSTEM, "root", "hdfs://nn:8020/a b"),
                row(ConnectionKind.HIVE, "metastore", List.of("thrift://hms:9083")));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void isRefusedNamingTheField(ConnectionKind kind, String field, Object value) {
        Map<String, Object> good = GOOD.getOrDefault(kind, Map.of());
        Map<String, Object> bad = new HashMap<>(good);
        bad.put(field, value);

        assertThat(flaws(kind, good)).as("the rest is right").isEmpty();
        assertThat(flaws(kind, bad)).extracting(Flaw::pointer).containsExactly("/fields/" + field);
    }

    /** Any spelling of a key but its own, however much it looks like it, is refused and the key is named. */
    @ParameterizedTest
    @EnumSource(ConnectionKind.class)
    void takesEachKeyInOneSpellingOnly(ConnectionKind kind) {
        List<FieldRule> rules = ConnectionFiles.read(kind).rules();
        Cases.forAll(7, 400, random -> variant(rules, random), variant -> {
            Map<String, Object> fields = variant.rule().secret() ? Map.of() : Map.of(variant.text(), "x");
            Map<String, SecretInput> secrets = variant.rule().secret()
                    ? Map.of(variant.text(), new SecretInput(SecretOrigin.VALUE, "x"))
                    : Map.of();

            List<Flaw> flaws = ConnectionFiles.read(kind).check(new ConnectionDraft(fields, secrets, Set.of()));

            assertThat(flaws)
                    .filteredOn(flaw -> flaw.message().contains("have no"))
                    .singleElement()
                    .satisfies(flaw -> assertThat(flaw.hint())
                            .contains("Did you mean '" + variant.rule().key() + "'?"));
        });
    }

    /** The same for values that are one of several. */
    @Test
    void takesEachChoiceInOneSpellingOnly() {
        for (ConnectionKind kind : ConnectionKind.values()) {
            for (FieldRule rule : ConnectionFiles.read(kind).rules()) {
                for (String choice : rule.choices()) {
                    for (String other :
                            List.of(choice + " ", "\t" + choice, choice + "\u200b", swapped(choice), wide(choice))) {
                        var draft = new ConnectionDraft(Map.of(rule.key(), other), Map.of(), Set.of());

                        assertThat(ConnectionFiles.read(kind).check(draft))
                                .as("%s of %s: '%s'", rule.key(), kind, other)
                                .filteredOn(flaw -> flaw.pointer().equals("/fields/" + rule.key()))
                                .hasSize(1);
                    }
                }
            }
        }
    }

    /** A key as it is not written. */
    private record Variant(FieldRule rule, String text) {}

    private static Variant variant(List<FieldRule> rules, Random random) {
        FieldRule rule = rules.get(random.nextInt(rules.size()));
        String key = rule.key();
        int place = random.nextInt(key.length() + 1);
        String unseen = List.of(" ", "\t", "\n", "\r\n", "\u00a0", "\u200b", "\ufeff", "\u2028", "\u0000", "\u00ad")
                .get(random.nextInt(10));
        return switch (random.nextInt(4)) {
            case 0 -> new Variant(rule, key.substring(0, place) + unseen + key.substring(place));
            case 1 -> new Variant(rule, wide(key));
            case 2 -> new Variant(rule, swapped(key));
            default -> new Variant(rule, unseen + swapped(key) + unseen);
        };
    }

    private static String swapped(String text) {
        return text.codePoints()
                .map(c -> Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** In the wide letters of East Asian typography, which look alike and which some programs take for the same. */
    private static String wide(String text) {
        return text.codePoints()
                .map(c -> c > ' ' && c <= '~' ? c + 0xfee0 : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"h2", "db2", "jdbc", "JDBC", "mysql ", "jdbc:h2:mem:t;INIT=RUNSCRIPT FROM 'http://x/x.sql'", ""})
    void knowsItsKindsOnly(String kind) {
        assertThatThrownBy(() -> ConnectionDescriptors.kind(kind))
                .isInstanceOfSatisfying(MillraceException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.CONNECTION_INVALID);
                    assertThat(e.flaws()).extracting(Flaw::pointer).containsExactly("/kind");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"169.254.169.254", "fd00:ec2::254", "fe80::1", "0.0.0.0", "::"})
    void neverReachesAddressesOfSpecialMeaning(String host) {
        var rules = rules(List.of("*"), List.of("169.254.0.0/16", "fe80::/10", "fd00:ec2::254", "0.0.0.0"));
        var fields = Map.<String, Object>of("host", host, "database", "crm", "username", "app");

        assertDenied("/fields/host", () -> rules.check(ConnectionKind.POSTGRES, input(fields), Set.of("password")));
        assertDenied(
                "/fields/uri",
                () -> rules.check(
                        ConnectionKind.ICEBERG,
                        input(Map.of("catalogType", "rest", "uri", "http://" + bracketed(host) + ":80/x")),
                        Set.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc", "file:///srv/dat", "file:///srv/database", "file:///", "hdfs://srv/data"})
    void reachesFoldersThatAreAllowedOnly(String root) {
        var rules = rules(List.of("*"), List.of());

        assertDenied(
                "/fields/root", () -> rules.check(ConnectionKind.FILESYSTEM, input(Map.of("root", root)), Set.of()));
        assertThat(rules.check(ConnectionKind.FILESYSTEM, input(Map.of("root", "file:///srv/data/x")), Set.of())
                        .text("root"))
                .isEqualTo("file:///srv/data/x");
    }

    @Test
    void holdsAFolderAgainstWhatIsAllowedAtEachUse() {
        Connection archive =
                connection(ConnectionKind.FILESYSTEM, new ConnectionFields(Map.of("root", "file:///was/allowed")));

        assertDenied(
                "/fields/root",
                () -> rules(List.of("*"), List.of()).reach(archive).check());
    }

    @Test
    void holdsTheAddressThatIsConnectedToAgainstWhatIsAllowed() throws UnknownHostException {
        var fields = new ConnectionFields(Map.of("host", "db.example", "port", 3306, "tls", "disable"));
        Reach reach =
                rules(List.of("db.example"), List.of("127.0.0.0/8")).reach(connection(ConnectionKind.MYSQL, fields));

        reach.check(address("db.example", 10, 0, 0, 7));
        assertDenied("/fields/host", () -> reach.check(address("DB.example", 127, 0, 0, 1)));
        assertDenied("/fields", () -> reach.check(address("elsewhere.example", 10, 0, 0, 7)));
    }

    @Test
    void writesALineForSigningInThatHoldsNothingElse() {
        var fields = new ConnectionFields(Map.of(
                "bootstrapServers", List.of("k:9092"),
                "securityProtocol", "SASL_SSL",
                "saslMechanism", "PLAIN",
                "username", "a\" required; evil.Module required x=\"\\"));

        assertThat(KafkaProperties.of(fields, field -> Optional.of("p\"w\\"), "shaded."))
                .containsEntry(
                        "sasl.jaas.config",
                        "shaded.org.apache.kafka.common.security.plain.PlainLoginModule required"
                                + " username=\"a\\\" required; evil.Module required x=\\\"\\\\\" password=\"p\\\"w\\\\\";");
        assertThatThrownBy(() -> KafkaProperties.of(fields, field -> Optional.of("p\nw"), ""))
                .hasMessageContaining("'password'")
                .hasMessageNotContaining("p\nw");
    }

    private static Connection connection(ConnectionKind kind, ConnectionFields fields) {
        return new Connection(
                new ConnectionId(new UUID(1, 1)),
                new ConnectionName("mine"),
                kind,
                fields,
                Map.of(),
                "",
                1,
                "us",
                Instant.EPOCH,
                Instant.EPOCH);
    }

    private static InetSocketAddress address(String host, int... bytes) throws UnknownHostException {
        byte[] address = {(byte) bytes[0], (byte) bytes[1], (byte) bytes[2], (byte) bytes[3]};
        return new InetSocketAddress(InetAddress.getByAddress(host, address), 3306);
    }

    private static void assertDenied(String pointer, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(MillraceException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.EGRESS_DENIED);
            assertThat(e.flaws()).extracting(Flaw::pointer).containsExactly(pointer);
        });
    }

    private static ConnectionRules rules(List<String> hosts, List<String> denied) {
        return new ConnectionRules(new ConnectionDescriptors(), new Egress(hosts, denied, List.of("file:///srv/data")));
    }

    private static ConnectionInput input(Map<String, Object> fields) {
        return new ConnectionInput(fields, new NewSecrets(Map.of(), Set.of()), "");
    }

    private static List<Flaw> flaws(ConnectionKind kind, Map<String, Object> fields) {
        boolean asks = Set.of(ConnectionKind.MYSQL, ConnectionKind.POSTGRES, ConnectionKind.KAFKA)
                .contains(kind);
        Map<String, SecretInput> secrets =
                asks ? Map.of("password", new SecretInput(SecretOrigin.VALUE, "pw")) : Map.of();
        return ConnectionFiles.read(kind).check(new ConnectionDraft(fields, secrets, Set.of()));
    }

    private static String bracketed(String host) {
        return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    }

    private static Arguments row(ConnectionKind kind, String field, Object value) {
        return Arguments.of(kind, field, value);
    }
}
