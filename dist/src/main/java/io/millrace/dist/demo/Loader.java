package io.millrace.dist.demo;

import static io.millrace.cli.ExitCode.FAILED;
import static java.util.Objects.requireNonNull;

import io.millrace.cli.console.CommandFailure;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;

/** Puts each line of a log into a topic, once and in order: one record per line, its bytes as they are. */
final class Loader {
    private static final int TELL_EVERY = 100_000;

    private final String bootstrapServers;

    Loader(String bootstrapServers) {
        this.bootstrapServers = requireNonNull(bootstrapServers, "bootstrapServers");
    }

    /** Returns when the broker has all of them; {@code progress} hears from time to time how many were read. */
    long load(InputLog log, String topic, LongConsumer progress) {
        var refused = new AtomicReference<Exception>();
        var bytes = new ByteArraySerializer();
        try (var producer = new KafkaProducer<>(settings(), bytes, bytes)) {
            long[] sent = {0};
            long lines = log.forEach(line -> {
                // The callback hears of failures.
                Future<?> unused = producer.send(new ProducerRecord<>(topic, line), (metadata, failure) -> {
                    if (failure != null) {
                        refused.compareAndSet(null, failure);
                    }
                });
                if (++sent[0] % TELL_EVERY == 0) {
                    progress.accept(sent[0]);
                }
            });
            producer.flush();
            if (refused.get() != null) {
                throw new CommandFailure(
                        FAILED, "Kafka did not take all lines: " + refused.get().getMessage());
            }
            return lines;
        } catch (KafkaException e) {
            throw new CommandFailure(FAILED, "Kafka does not take the lines: " + e.getMessage());
        }
    }

    private Map<String, Object> settings() {
        return Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.LINGER_MS_CONFIG,
                20,
                ProducerConfig.BATCH_SIZE_CONFIG,
                1 << 17);
    }
}
