package io.millrace.server.connection.probe;

import io.millrace.server.connection.KafkaProperties;
import io.millrace.server.connection.probe.Sentences.ProbeException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/** Asks a cluster for its brokers, which it tells nobody who may not sign in, and for its topics. */
final class KafkaProbe implements StoreProbe {
    private static final int REQUEST_MILLIS = 5000;
    private static final int CALL_MILLIS = 6000;

    @Override
    public void run(Probed probed, Stages stages) throws Stages.FailedException {
        PortProbe.reach(probed, stages, PortProbe.endpoints(probed.fields()));
        Map<String, Object> properties = new HashMap<>(KafkaProperties.of(probed.fields(), probed::secret, ""));
        properties.put("request.timeout.ms", REQUEST_MILLIS);
        properties.put("default.api.timeout.ms", CALL_MILLIS);
        properties.put("socket.connection.setup.timeout.ms", REQUEST_MILLIS);
        properties.put("client.id", "millrace-test");
        properties.put("enable.metrics.push", false);
        properties.put("metric.reporters", "");
        Admin[] admin = new Admin[1];
        try {
            stages.run(Stages.AUTHENTICATE, () -> {
                admin[0] = Admin.create(properties);
                int brokers =
                        asked(() -> admin[0].describeCluster().nodes().get()).size();
                return brokers == 1 ? "The cluster has one broker." : "The cluster has " + brokers + " brokers.";
            });
            stages.run(Stages.LIST, () -> {
                String cluster =
                        asked(() -> admin[0].describeCluster().clusterId().get());
                if (cluster != null) {
                    stages.identity(cluster);
                }
                Set<String> topics = asked(() -> admin[0].listTopics().names().get());
                return topics(topics, probed.fields().items("topicPrefixes"));
            });
        } finally {
            if (admin[0] != null) {
                admin[0].close(Duration.ZERO);
            }
        }
    }

    private static String topics(Set<String> topics, List<String> prefixes) {
        String all = topics.size() == 1 ? "There is one topic" : "There are " + topics.size() + " topics";
        if (prefixes.isEmpty()) {
            return all + ".";
        }
        long allowed = topics.stream()
                .filter(topic -> prefixes.stream().anyMatch(topic::startsWith))
                .count();
        return all + "; " + allowed + " of them begin with an allowed prefix.";
    }

    private static <T> T asked(Question<T> question) throws Exception {
        try {
            return question.ask();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof SslAuthenticationException) {
                throw new ProbeException("The brokers' certificate is not accepted; check caCertificate and the host: "
                        + cause.getMessage());
            }
            if (cause instanceof AuthenticationException) {
                throw new ProbeException("The cluster does not let the user in; check username, password and"
                        + " saslMechanism: " + cause.getMessage());
            }
            if (cause instanceof TimeoutException) {
                throw new ProbeException("Somebody listens, but does not answer as a Kafka broker would; check"
                        + " securityProtocol, and whether the brokers' own addresses can be reached from here.");
            }
            throw e;
        }
    }

    /** Something to ask of a cluster. */
    private interface Question<T> {
        T ask() throws Exception;
    }
}
