package io.millrace.core.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "db",
                "db.example.org",
                "my_db",
                "DB-1.Example.org",
                "127.0.0.1",
                "10.1.2.3",
                "::1",
                "::",
                "2001:db8::1",
                "fe80::1",
                "1:2:3:4:5:6:7:8",
                "2001:db8:0:1::",
                "xn--bcher-kva.example",
                "3com",
                "0xdeadbeef.example"
            })
    void takesHostsInTheirUsualNotation(String host) {
        assertThat(HostName.flaw(host)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "db.",
                "-db",
                "db-",
                "db..x",
                "db example",
                "db\n",
                "db\t",
                "db\u0000",
                "büro.example",
                "127.1",
                "127.0.1",
                "2130706433",
                "0x7f000001",
                "0X7F.0.0.1",
                "0177.0.0.1",
                "127.0.0.01",
                "256.0.0.1",
                "1.2.3.4.5",
                "127.0.0.0x1",
                "a.1",
                "::ffff:127.0.0.1",
                "[::ffff:127.0.0.1]",
                "::ffff:7f00:1",
                "[::1]",
                "::0",
                "0:0:0:0:0:0:0:1",
                "2001:DB8::1",
                "2001:0db8::1",
                "fe80::1%eth0",
                "1:2:3:4:5:6:7::",
                "::1:",
                "1::2::3",
                "db:5432",
                "db,other",
                "(host=x)",
                "db/x",
                "db?x=y",
                "user@db",
                "user:pw@db",
                "http://db",
                "db;x=y",
                "db#x",
                "127.0.0.1,(allowLoadLocalInfile=yeſ,x=y),:3307/test"
            })
    void refusesEverythingElse(String host) {
        assertThat(HostName.flaw(host)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"kafka-1:9092", "127.0.0.1:1", "[2001:db8::1]:65535", "[::1]:9092"})
    void takesAddresses(String address) {
        assertThat(HostName.addressFlaw(address)).isEmpty();
        assertThat(HostName.flaw(HostName.hostOf(address))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kafka-1", "kafka-1:", ":9092", "kafka-1:0", "kafka-1:65536", "kafka-1:09092", "kafka-1:9092 ",
                        "a:1,b:2",
                "::1:9092", "[kafka]:9092", "[::1]", "127.1:9092", "SASL_SSL://kafka:9092", "kafka:9092\nx=y",
                        "[::1:9092", "]:1"
            })
    void refusesWhatIsNoAddress(String address) {
        assertThat(HostName.addressFlaw(address)).isPresent();
    }
}
