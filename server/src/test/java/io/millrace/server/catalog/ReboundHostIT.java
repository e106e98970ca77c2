package io.millrace.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.catalog.CatalogName;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.millrace.server.connection.PostgresProperties;
import io.millrace.server.connection.Reach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;

/** Hosts whose names led to an allowed address when they were checked, and to a forbidden one when they were used. */
@Timeout(20)
class ReboundHostIT {
    private static final CatalogName NAME = new CatalogName("rebound");

    /** Each kind of store that is reached by sockets of ours. */
    private enum Kind {
        POSTGRES {
            @Override
            RemoteStore at(int port, Reach reach) {
                var address = new PostgresServer.Address("localhost", port, "db", "me", PostgresProperties.preferred());
                return new PostgresRemote(NAME, new PostgresServer(address, () -> "secret", reach));
            }
        },
        MYSQL {
            @Override
            RemoteStore at(int port, Reach reach) {
                return new MysqlRemote(NAME, MysqlConnections.to(port, "secret", reach));
            }
        },
        HIVE {
            @Override
            RemoteStore at(int port, Reach reach) {
                var store = new HiveStore(NAME, List.of(new HiveStore.Address("localhost", port)), reach);
                return new HiveRemote(NAME, store, new TableFolder("file:///tmp/nowhere"));
            }
        };

        abstract RemoteStore at(int port, Reach reach);
    }

    @ParameterizedTest
    @EnumSource
    void areNotConnectedTo(Kind kind) throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                RemoteStore store = kind.at(listener.getLocalPort(), new Rebound())) {
            assertThatThrownBy(store::databases)
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.EGRESS_DENIED));

            listener.setSoTimeout(1);
            assertThatThrownBy(listener::accept).as("nobody came").isInstanceOf(IOException.class);
        }
    }

    /** The first answer of the resolver is right, the second one leads to this machine. */
    private static final class Rebound implements Reach {
        @Override
        public void check() {}

        @Override
        public void check(InetSocketAddress address) {
            assertThat(address.getAddress().isLoopbackAddress()).isTrue();
            throw new MillraceException(ErrorCode.EGRESS_DENIED, address.getHostString() + " must not be reached");
        }
    }
}
