package io.millrace.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.testkit.Cases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.stream.Stream;

class PostgresMessagesTest {
    private static final int HUGE = Integer.MAX_VALUE - 8;

    @Test
    void letsThroughWhatAServerSaysInPiecesOfAnySize() throws IOException {
        byte[] said = Stream.of(
                        message('R', 8, 0),
                        message('Z', 5, (byte) 'I'),
                        message('D', 6, (short) 0),
                        message('D', 17, (short) 2, -1, 3, (byte) 1, (byte) 2, (byte) 3),
                        message('C', 4),
                        message('D', 10, (short) 1, 0))
                .collect(ByteArrayOutputStream::new, ByteArrayOutputStream::writeBytes, (one, other) -> {})
                .toByteArray();

        Cases.forAll(11, 200, random -> random.nextInt(said.length) + 1, size -> {
            var heard = new ByteArrayOutputStream();
            byte[] piece = new byte[size + 1];
            try (var messages = new PostgresMessages(new ByteArrayInputStream(said))) {
                for (int count = messages.read(piece, 1, size); count > 0; count = messages.read(piece, 1, size)) {
                    heard.write(piece, 1, count);
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            assertThat(heard.toByteArray()).isEqualTo(said);
        });
        try (var messages = new PostgresMessages(new ByteArrayInputStream(said))) {
            assertThat(messages.read()).isEqualTo('R');
        }
    }

    static Stream<byte[]> lies() {
        return Stream.of(
                message('E', HUGE),
                message('E', -1),
                message('E', 3),
                message('R', 8, 0, (byte) 'N', HUGE),
                message('D', HUGE, (short) 1),
                message('D', 14, (short) 1, HUGE),
                message('D', 14, (short) 1, -2),
                message('D', 14, (short) 1, 5),
                message('D', 6, (short) 1),
                message('D', 18, (short) 2, 5, (byte) 1),
                message('D', 20, (short) -1, 0));
    }

    @ParameterizedTest
    @MethodSource("lies")
    void endsAtAClaimThatCannotBe(byte[] said) throws IOException {
        try (InputStream messages = new PostgresMessages(new ByteArrayInputStream(said))) {
            assertThatThrownBy(messages::readAllBytes).isInstanceOf(ProtocolException.class);
        }
    }

    private static byte[] message(char type, int length, Number... rest) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.write(type);
            out.writeInt(length);
            for (Number each : rest) {
                if (each instanceof Byte) {
                    out.write(each.intValue());
                } else if (each instanceof Short) {
                    out.writeShort(each.intValue());
                } else {
                    out.writeInt(each.intValue());
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }
}
