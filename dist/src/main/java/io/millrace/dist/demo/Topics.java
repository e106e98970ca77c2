package io.millrace.dist.demo;

import static io.millrace.cli.ExitCode.FAILED;
import static java.util.Objects.requireNonNull;

import io.millrace.cli.console.CommandFailure;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** The example's topics, which are made anew for each run so that nothing of an earlier one is read again. */
final class Topics implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final short ONE_REPLICA = 1;

    private final Admin admin;

    Topics(String bootstrapServers) {
        this.admin = Admin.create(Map.of(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                requireNonNull(bootstrapServers, "bootstrapServers"),
                CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) LIMIT.toMillis()));
    }

    /** Returns when they are gone, or never were. */
    void delete(List<String> names) throws InterruptedException {
        for (KafkaFuture<Void> deletion :
                admin.deleteTopics(names).topicNameValues().values()) {
            settle(deletion, UnknownTopicOrPartitionException.class);
        }
        Deadline deadline = Deadline.in(LIMIT);
        while (anyOf(names)) {
            deadline.check("Kafka does not delete the topics " + String.join(", ", names) + ".");
        }
    }

    /** With one partition each: the example is small, and its lines keep their order. */
    void create(List<String> names) throws InterruptedException {
        Deadline deadline = Deadline.in(LIMIT);
        List<String> missing = new ArrayList<>(names);
        while (!missing.isEmpty()) {
            List<NewTopic> topics = missing.stream()
                    .map(name -> new NewTopic(name, 1, ONE_REPLICA))
                    .toList();
            for (var creation : admin.createTopics(topics).values().entrySet()) {
                // It exists while its deletion is under way: then once more.
                if (settle(creation.getValue(), TopicExistsException.class)) {
                    missing.remove(creation.getKey());
                }
            }
            if (!missing.isEmpty()) {
                deadline.check("Kafka does not create the topics " + String.join(", ", missing) + ".");
            }
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(2));
    }

    private boolean anyOf(List<String> names) throws InterruptedException {
        try {
            return admin.listTopics().names().get(LIMIT.toSeconds(), TimeUnit.SECONDS).stream()
                    .anyMatch(names::contains);
        } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new CommandFailure(FAILED, "Kafka does not list its topics: " + e.getMessage());
        }
    }

    /** Whether it was done; false when it failed in the way that is no harm. */
    private static boolean settle(KafkaFuture<?> future, Class<? extends Exception> harmless)
            throws InterruptedException {
        try {
            future.get();
            return true;
        } catch (ExecutionException e) {
            if (harmless.isInstance(e.getCause())) {
                return false;
            }
            throw new CommandFailure(FAILED, "Kafka refuses to prepare the topics: " + e.getMessage());
        }
    }
}
