package io.millrace.server.logs;

import io.millrace.core.target.FlinkJobId;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Tells whose an entry is. On a session cluster a log is about many jobs, of which the reader of one may not know: what
 * may be about another job is nobody's.
 *
 * @param tag of the ids of this control plane's jobs
 * @param alone the only job that the cluster has, and had ever since it was first seen to be
 */
record Attribution(int tag, Optional<Alone> alone) {
    private static final Pattern ID = Pattern.compile("(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])");

    /** All attempts of a job have these digits in common. */
    private static final int DIGITS_OF_JOB = 24;

    /** Flink's own processes, in full and as layouts abbreviate it; connectors speak of what jobs read. */
    private static final List<String> FLINK = List.of(
            "org.apache.flink.runtime.",
            "o.a.f.r.",
            "org.apache.flink.kubernetes.",
            "o.a.f.k.",
            "org.apache.flink.yarn.",
            "o.a.f.y.",
            "org.apache.pekko.",
            "o.a.p.");

    record Alone(FlinkJobId job, Instant since) {}

    /** Empty for what is not kept. */
    Optional<LogOwner> of(LogHeader header, String text) {
        Set<FlinkJobId> named = named(text);
        List<FlinkJobId> ours = named.stream().filter(id -> id.hasTag(tag)).toList();
        Set<String> jobs = ours.stream().map(Attribution::job).collect(Collectors.toSet());
        if (header.job().isPresent()) {
            FlinkJobId own = new FlinkJobId(header.job().get());
            boolean only = own.hasTag(tag) && jobs.equals(Set.of(job(own)));
            return only ? Optional.of(LogOwner.of(own)) : Optional.empty();
        }
        if (!jobs.isEmpty()) {
            return jobs.size() == 1 ? ours.stream().max(Attribution::younger).map(LogOwner::of) : Optional.empty();
        }
        if (named.isEmpty() && FLINK.stream().anyMatch(header.logger()::startsWith)) {
            return Optional.of(LogOwner.CLUSTER);
        }
        Optional<LogOwner> only = alone.filter(
                        one -> one.job().hasTag(tag) && !header.at().isBefore(one.since()))
                .map(one -> LogOwner.of(one.job()));
        return only.isPresent() || !named.isEmpty() ? only : Optional.of(LogOwner.SOME_JOB);
    }

    private static Set<FlinkJobId> named(String text) {
        return ID.matcher(text)
                .results()
                .map(found -> new FlinkJobId(found.group()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String job(FlinkJobId id) {
        return id.value().substring(0, DIGITS_OF_JOB);
    }

    /** The digits that tell attempts of one job apart are their number. */
    private static int younger(FlinkJobId one, FlinkJobId other) {
        return one.value().compareTo(other.value());
    }
}
