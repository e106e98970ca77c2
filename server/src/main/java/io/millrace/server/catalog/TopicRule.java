package io.millrace.server.catalog;

import static java.util.Objects.requireNonNull;

import io.millrace.core.catalog.TableSpec;
import io.millrace.core.error.Flaw;

import java.util.ArrayList;
import java.util.List;

/**
 * Which topics the tables of a connection may have.
 *
 * @param connection its name
 * @param prefixes what topics must begin with; empty for any
 */
record TopicRule(String connection, List<String> prefixes) {
    /** The field of a connection that gives the prefixes. */
    static final String FIELD = "topicPrefixes";

    TopicRule {
        requireNonNull(connection, "connection");
        prefixes = List.copyOf(prefixes);
    }

    /** One flaw for each topic of a table that is not allowed. */
    List<Flaw> check(TableSpec spec) {
        String topics = spec.options().get("topic");
        if (topics == null || prefixes.isEmpty()) {
            return List.of();
        }
        List<Flaw> flaws = new ArrayList<>();
        for (String topic : topics.split(";", -1)) {
            if (prefixes.stream().noneMatch(topic::startsWith)) {
                flaws.add(Flaw.at(
                        "/options/topic",
                        "Connection '" + connection + "' does not allow the topic '" + topic + "'.",
                        "Topics begin with: " + String.join(", ", prefixes)));
            }
        }
        return flaws;
    }
}
