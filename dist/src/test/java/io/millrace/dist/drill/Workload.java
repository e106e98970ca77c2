package io.millrace.dist.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.Json;
import io.millrace.api.job.JobSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.CRC32;

/**
 * A verifiable stream: numbered records with a checksum go into a topic of three partitions, a job passes them on
 * exactly once to another topic and counts them by key in PostgreSQL, and both are held against what went in.
 */
final class Workload implements AutoCloseable {
    private static final int KEYS = 20;
    private static final int EVERY_MILLIS = 50;
    private static final Duration TO_CATCH_UP = Duration.ofMinutes(2);

    private final DrillStack stack;
    private final String name;
    private final Map<String, Object> kafka;
    private final KafkaProducer<String, String> producer;
    private final Map<String, Long> sent = new TreeMap<>();
    private final AtomicReference<Exception> refused = new AtomicReference<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private boolean skips;

    /** {@code name} is that of the job. */
    Workload(DrillStack stack, String name) throws Exception {
        this.stack = stack;
        this.name = name;
        this.kafka = Map.of("bootstrap.servers", stack.setting("millrace.catalog.kafka.bootstrap-servers"));
        try (Admin admin = Admin.create(kafka)) {
            admin.createTopics(List.of(new NewTopic(in(), 3, (short) 1), new NewTopic(out(), 1, (short) 1)))
                    .all()
                    .get();
        }
        stack.sql(tables());
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("acks", "all");
        settings.put("enable.idempotence", true);
        this.producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
        var unused = clock.scheduleAtFixedRate(this::send, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private String in() {
        return name + ".in";
    }

    private String out() {
        return name + ".out";
    }

    private String tables() {
        return """
                CREATE TABLE kafka.main.NAME_in (k STRING, n BIGINT, crc BIGINT) WITH ('topic' = 'NAME.in');
                CREATE TABLE kafka.main.NAME_out (k STRING, n BIGINT, crc BIGINT) WITH (
                  'topic' = 'NAME.out',
                  'sink.delivery-guarantee' = 'exactly-once',
                  'sink.transactional-id-prefix' = 'NAME');
                CREATE TABLE postgres.public.NAME_counts (k STRING NOT NULL, n BIGINT, PRIMARY KEY (k) NOT ENFORCED);
                """.replace("NAME", name);
    }

    JobSpec spec() {
        return Jobs.spec("""
                EXECUTE STATEMENT SET BEGIN
                INSERT INTO kafka.main.NAME_out SELECT k, n, crc FROM kafka.main.NAME_in;
                INSERT INTO postgres.public.NAME_counts SELECT k, COUNT(*) FROM kafka.main.NAME_in GROUP BY k;
                END;
                """.replace("NAME", name));
    }

    private static long checksum(String key, long number) {
        CRC32 crc = new CRC32();
        crc.update((key + ":" + number).getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }

    /** One record of each key. */
    private synchronized void send() {
        for (int i = 0; i < KEYS; i++) {
            String key = "key-" + i;
            long number = sent.merge(key, 1L, Long::sum);
            if (skips) {
                skips = false;
                continue;
            }
            String value = Json.write(Map.of("k", key, "n", number, "crc", checksum(key, number)));
            Future<?> unused = producer.send(new ProducerRecord<>(in(), key, value), (metadata, failure) -> {
                if (failure != null) {
                    refused.compareAndSet(null, failure);
                }
            });
        }
    }

    /** How many records went in so far. */
    synchronized long sent() {
        return sent.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Waits until this many more records went in, and so for time to pass while there is work. */
    void awaitSent(int more) {
        long goal = sent() + more;
        await().atMost(TO_CATCH_UP).until(() -> sent() >= goal);
    }

    /** For controls: one record never goes in although it is counted, another one comes out once more. */
    synchronized void tamper() throws Exception {
        skips = true;
        String again = Json.write(Map.of("k", "key-1", "n", 1, "crc", checksum("key-1", 1)));
        producer.send(new ProducerRecord<>(out(), "key-1", again)).get();
    }

    /** Ends the input, and waits until the job has caught up with it. */
    void check(Trial trial) throws IOException, InterruptedException {
        end();
        SequenceChecker checker = new SequenceChecker();
        try (var consumer = new KafkaConsumer<>(reader(), new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = List.of(new TopicPartition(out(), 0));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long end = System.nanoTime() + TO_CATCH_UP.toNanos();
            while (!checker.reached(sent) && System.nanoTime() < end) {
                for (ConsumerRecord<String, String> row : consumer.poll(Duration.ofMillis(200))) {
                    JsonNode json = Json.lenient().readTree(row.value());
                    String key = json.path("k").asText();
                    long number = json.path("n").asLong();
                    checker.see(key, number, json.path("crc").asLong() == checksum(key, number));
                }
            }
        }
        SequenceChecker.Report report = checker.against(sent);
        trial.found(report.toString());
        assertThat(report.clean()).as("%s", report).isTrue();
        await("the counts in PostgreSQL are right")
                .atMost(TO_CATCH_UP)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(counts()).isEqualTo(sent));
        trial.found("counts by key in PostgreSQL are exact");
    }

    private void end() throws InterruptedException {
        clock.shutdown();
        assertThat(clock.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        producer.flush();
        assertThat(refused.get()).as("Kafka took every record").isNull();
    }

    private Map<String, Object> reader() {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", false);
        return settings;
    }

    private Map<String, Long> counts() throws IOException, InterruptedException {
        Map<String, Long> counts = new TreeMap<>();
        for (JsonNode row : stack.query("SELECT k, n FROM postgres.public." + name + "_counts")) {
            counts.put(row.path("k").asText(), row.path("n").asLong());
        }
        return counts;
    }

    /** Called when the job is gone. */
    void remove() throws IOException, InterruptedException {
        stack.sql("""
                DROP TABLE kafka.main.NAME_in;
                DROP TABLE kafka.main.NAME_out;
                DROP TABLE postgres.public.NAME_counts;
                """.replace("NAME", name));
        try (Admin admin = Admin.create(kafka)) {
            admin.deleteTopics(List.of(in(), out()));
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        producer.close(Duration.ZERO);
    }
}
