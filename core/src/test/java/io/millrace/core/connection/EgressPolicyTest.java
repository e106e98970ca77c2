package io.millrace.core.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

class EgressPolicyTest {
    private static final EgressPolicy USUAL =
            new EgressPolicy(List.of("*"), List.of("169.254.0.0/16", "fe80::/10", "fd00:ec2::254", "0.0.0.0"));

    @ParameterizedTest
    @ValueSource(strings = {"169.254.169.254", "169.254.0.1", "fe80::1", "febf::1", "fd00:ec2::254", "0.0.0.0", "::"})
    void neverReachesAddressesOfSpecialMeaning(String address) {
        assertThat(USUAL.refuse(address)).isPresent();
        assertThat(USUAL.refuse("innocent.example", resolved(address))).isPresent();
        assertThat(USUAL.refuse("innocent.example", resolved("10.0.0.1", address)))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"169.253.255.255", "10.0.0.1", "127.0.0.1", "fec0::1", "fd00:ec2::255", "db.example"})
    void reachesTheRest(String host) {
        assertThat(USUAL.refuse(host)).isEmpty();
    }

    /** The text of a resolved IPv4 address that came as a mapped IPv6 one does not matter: Java gives the former. */
    @Test
    void seesThroughMappedAddresses() {
        assertThat(USUAL.refuse("innocent.example", resolved("::ffff:169.254.169.254")))
                .isPresent();
    }

    @Test
    void narrowsByNameAndByRange() {
        var policy = new EgressPolicy(List.of("*.stores.example", "10.8.0.0/16", "2001:db8::/32"), List.of("10.8.9.9"));

        assertThat(policy.refuse("db.stores.example")).isEmpty();
        assertThat(policy.refuse("DB.Stores.Example", resolved("192.0.2.1"))).isEmpty();
        assertThat(policy.refuse("stores.example.evil", resolved("192.0.2.1"))).isPresent();
        assertThat(policy.refuse("xstores.example", resolved("192.0.2.1"))).isPresent();
        assertThat(policy.refuse("any.example"))
                .as("decided when it is resolved")
                .isEmpty();
        assertThat(policy.refuse("any.example", resolved("10.8.1.1"))).isEmpty();
        assertThat(policy.refuse("any.example", resolved("10.8.1.1", "192.0.2.1")))
                .isPresent();
        assertThat(policy.refuse("any.example", resolved("2001:db8::7"))).isEmpty();
        assertThat(policy.refuse("10.8.9.9")).isPresent();
        assertThat(policy.refuse("10.9.0.1")).isPresent();
        assertThat(policy.refuse("db.stores.example", resolved("10.8.9.9"))).isPresent();
    }

    @Test
    void refusesNamesAtOnceWhenOnlyNamesAreAllowed() {
        assertThat(new EgressPolicy(List.of("db.example"), List.of()).refuse("other.example"))
                .contains("'other.example' is not among the hosts that connections of this installation may reach.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "10.0.0.0/x", "10.0.0.0/", "http://x", "a b", ""})
    void stopsTheServerWithAListThatMeansNothing(String entry) {
        assertThatThrownBy(() -> new EgressPolicy(List.of(entry), List.of())).hasMessageContaining("'" + entry + "'");
        assertThatThrownBy(() -> new EgressPolicy(List.of(), List.of(entry))).hasMessageContaining("'" + entry + "'");
    }

    private static List<InetAddress> resolved(String... addresses) {
        return Stream.of(addresses).map(EgressPolicyTest::address).toList();
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
