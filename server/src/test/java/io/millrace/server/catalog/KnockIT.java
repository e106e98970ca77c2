package io.millrace.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.millrace.server.connection.Reach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Real ports, with and without somebody behind them. */
class KnockIT {
    @Test
    void oneOfSeveralServersIsEnough() throws IOException {
        try (ServerSocket somebody = listening()) {
            assertThatCode(() -> knock(Reach.ANYWHERE, "no.such.host.invalid:1", address(unused()), address(somebody)))
                    .doesNotThrowAnyException();
        }
        assertThatCode(() -> knock(Reach.ANYWHERE)).doesNotThrowAnyException();
    }

    @Test
    void failsWhereNobodyAnswers() throws IOException {
        String nobody = address(unused());

        assertThatThrownBy(() -> knock(Reach.ANYWHERE, nobody, "no.such.host.invalid:1"))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE))
                .hasMessage("The cluster does not answer.");
    }

    @Test
    void whoHangsDoesNotAnswer() throws Exception {
        try (ServerSocket somebody = listening()) {
            assertThatThrownBy(() -> new Knock("It", List.of(address(somebody)), "hello", Reach.ANYWHERE).run())
                    .hasMessage("It does not answer.");
        }
        try (ServerSocket somebody = listening()) {
            var answered = CompletableFuture.supplyAsync(() -> answer(somebody));
            assertThatCode(() -> new Knock("It", List.of(address(somebody)), "he\u00ffo", Reach.ANYWHERE).run())
                    .doesNotThrowAnyException();
            assertThat(answered.get()).containsExactly('h', 'e', 0xff, 'o');
        }
    }

    private static byte[] answer(ServerSocket server) {
        try (Socket socket = server.accept()) {
            byte[] heard = socket.getInputStream().readNBytes(4);
            socket.getOutputStream().write(1);
            return heard;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void connectsToNothingThatMayNotBeReached() throws IOException {
        Reach nowhere = new Reach() {
            @Override
            public void check() {}

            @Override
            public void check(InetSocketAddress address) {
                throw new MillraceException(ErrorCode.EGRESS_DENIED, "not allowed");
            }
        };
        try (ServerSocket somebody = listening()) {
            assertThatThrownBy(() -> knock(nowhere, address(somebody))).hasMessage("not allowed");
        }
    }

    private static void knock(Reach reach, String... servers) {
        new Knock("The cluster", List.of(servers), "", reach).run();
    }

    private static ServerSocket listening() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private static ServerSocket unused() throws IOException {
        ServerSocket socket = listening();
        socket.close();
        return socket;
    }

    private static String address(ServerSocket socket) {
        return "127.0.0.1:" + socket.getLocalPort();
    }
}
