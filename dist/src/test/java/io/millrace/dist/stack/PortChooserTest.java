package io.millrace.dist.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cli.ExitCode;
import org.junit.jupiter.api.Test;

import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntPredicate;

class PortChooserTest {
    private static final String LOOPBACK = "127.0.0.1";

    @Test
    void takesTheUsualPortsWhenAllAreFree() {
        Ports ports = choose(port -> true, OptionalInt.empty());

        assertThat(ports.server()).isEqualTo(8080);
        assertThat(ports.ui()).isEqualTo("http://127.0.0.1:8080");
    }

    @Test
    void takesTheNeighbourOfAPortThatIsTaken() {
        Ports ports = choose(port -> port != 8080, OptionalInt.empty());

        assertThat(ports.server()).isEqualTo(8081);
    }

    @Test
    void takesAnyFreePortWhenAllNeighboursAreTaken() {
        Ports ports = choose(port -> port < 8080 || port > 8200, OptionalInt.empty());

        assertThat(ports.server()).isGreaterThanOrEqualTo(40000);
    }

    @Test
    void givesNoPortTwice() {
        Ports ports = choose(port -> port >= 40000, OptionalInt.empty());

        assertThat(Set.of(
                        ports.server(),
                        ports.internal(),
                        ports.postgres(),
                        ports.kafka(),
                        ports.kafkaController(),
                        ports.jobmanager(),
                        ports.jobmanagerRpc(),
                        ports.gateway()))
                .hasSize(8);
    }

    @Test
    void takesAPortThatTheUserNamed() {
        assertThat(choose(port -> true, OptionalInt.of(19092)).server()).isEqualTo(19092);
        assertThat(choose(port -> true, OptionalInt.of(19092)).kafka()).isEqualTo(19093);
    }

    @Test
    void refusesANamedPortThatIsTakenInsteadOfChoosingAnother() {
        assertThatThrownBy(() -> choose(port -> port != 9000, OptionalInt.of(9000)))
                .isInstanceOfSatisfying(
                        StackException.class,
                        refusal -> assertThat(refusal.exitCode()).isEqualTo(ExitCode.PORT))
                .hasMessageContaining("Port 9000")
                .hasMessageContaining("--port");
    }

    @Test
    void writesAnAddressForABrowserOnThisMachine() {
        Ports ports = new PortChooser(new Machine(port -> true)).choose("0.0.0.0", OptionalInt.empty());

        assertThat(ports.ui()).isEqualTo("http://127.0.0.1:8080");
    }

    private static Ports choose(IntPredicate free, OptionalInt wanted) {
        return new PortChooser(new Machine(free)).choose(LOOPBACK, wanted);
    }

    /** A machine whose free ports are told by a rule, and whose ephemeral ports begin at 40000, each given twice. */
    private static final class Machine implements PortChooser.Network {
        private final IntPredicate free;
        private int given;

        Machine(IntPredicate free) {
            this.free = free;
        }

        @Override
        public boolean isFree(String host, int port) {
            return free.test(port);
        }

        @Override
        public int anyFree(String host) {
            return 40000 + given++ / 2;
        }
    }
}
