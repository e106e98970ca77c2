package io.millrace.server.logs;

import io.millrace.api.job.LogLevel;
import io.millrace.core.job.Lease;
import io.millrace.core.target.FlinkJobId;
import io.millrace.server.logs.Attribution.Alone;
import io.millrace.server.logs.ClusterPages.Listed;
import io.millrace.server.logs.Entries.Kept;
import io.millrace.server.target.FlinkPages;
import org.jboss.logging.Logger;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Copies what is new of the logs of one cluster. Used by one thread at a time; what it remembers only saves work. */
final class ClusterLogs {
    private static final Logger LOG = Logger.getLogger(ClusterLogs.class);

    /** For this long after an attempt ended, what processes say may still be about it. */
    static final Duration GRACE = Duration.ofMinutes(2);

    /** Clocks differ. */
    static final Duration SKEW = Duration.ofSeconds(5);

    /** Flink keeps answers of TaskManagers for some seconds, and the last lines of a failure come after it is known. */
    private static final Duration AFTERMATH = Duration.ofSeconds(5);

    private static final Duration SETTLED = Duration.ofSeconds(10);
    private static final int MOST_ROTATED = 4;

    private final ClusterPages pages;
    private final SqlLogStore store;
    private final Supplier<UnaryOperator<String>> redact;
    private final Pace pace;
    private final ZoneId zone;
    private final Map<String, Look> looks = new HashMap<>();
    private Optional<Integer> tag = Optional.empty();
    private Optional<Alone> alone = Optional.empty();
    private Instant stirredAt;
    private Instant nextAt = Instant.MIN;
    private boolean again;

    /** {@code start}: failures before are no news. */
    ClusterLogs(
            FlinkPages pages,
            SqlLogStore store,
            Supplier<UnaryOperator<String>> redact,
            Pace pace,
            ZoneId zone,
            Instant start) {
        this.pages = new ClusterPages(pages);
        this.store = store;
        this.redact = redact;
        this.pace = pace;
        this.zone = zone;
        this.stirredAt = start;
    }

    /** A reading of one log: when, how large it was, and what lay beside it if nobody was writing there. */
    private record Look(Instant at, long size, Optional<List<Listed>> settled) {}

    /** One look at a cluster, and what all of its readings have in common. */
    private record Round(
            Lease lease, Instant now, Instant since, Attribution attribution, UnaryOperator<String> redact) {}

    /** Looks if it is time to. Called every other second. */
    void round(Lease lease, Instant now) throws IOException {
        Optional<Instant> stirred = store.stirred(lease.target(), stirredAt);
        stirredAt = stirred.orElse(stirredAt);
        if (stirred.isEmpty() && now.isBefore(nextAt)) {
            return;
        }
        boolean urgent = stirred.isPresent() || again;
        again = stirred.isPresent();
        nextAt = now.plus(again ? AFTERMATH : pace.interval());
        Optional<Instant> since = store.since(lease.target(), now.minus(GRACE));
        if (since.isEmpty()) {
            return;
        }
        see(pages.jobs(), now);
        Attribution attribution = new Attribution(tag(), alone);
        Round round = new Round(lease, now, since.get().minus(SKEW), attribution, redact.get());
        List<String> processes = pages.processes();
        Map<String, LogFile> files =
                store.files(lease.target()).stream().collect(Collectors.toMap(LogFile::process, Function.identity()));
        for (String process : processes) {
            if (due(process, processes.size(), urgent, now)) {
                read(round, files.getOrDefault(process, LogFile.unread(process, now)));
            }
        }
        files.values().stream()
                .filter(file -> !file.gone() && !processes.contains(file.process()))
                .forEach(file -> gone(round, file));
        looks.keySet().retainAll(processes);
    }

    private int tag() {
        int known = tag.orElseGet(store::tag);
        tag = Optional.of(known);
        return known;
    }

    private void see(Set<FlinkJobId> jobs, Instant now) {
        Optional<FlinkJobId> only =
                jobs.size() == 1 ? Optional.of(jobs.iterator().next()) : Optional.empty();
        alone = only.map(job ->
                alone.filter(before -> before.job().equals(job)).orElseGet(() -> new Alone(job, now.plus(SKEW))));
    }

    private boolean due(String process, int processes, boolean urgent, Instant now) {
        Look last = looks.get(process);
        if (last == null) {
            return true;
        }
        Duration pause = urgent ? pace.urgent(last.size(), processes) : pace.calm(last.size(), processes);
        return !last.at().plus(pause).isAfter(now);
    }

    /** What one process does not tell keeps nobody from asking the next. */
    private void read(Round round, LogFile file) {
        String process = file.process();
        long before = file.stored();
        try {
            List<Listed> beside = beside(process);
            Look last = looks.get(process);
            if (last != null && !beside.isEmpty() && last.settled().equals(Optional.of(beside))) {
                looks.put(process, new Look(round.now(), last.size(), last.settled()));
                return;
            }
            LogTail tail = tail(round);
            if (!pages.log(process, log -> tail.read(file, log))) {
                boolean whole = rotated(tail, file, beside, round.now());
                if (!whole) {
                    lost(
                            round,
                            file,
                            "The log of " + process + " was replaced by another one. What was written to it" + " after "
                                    + file.readAt() + " is not kept.");
                }
                pages.log(process, log -> tail.read(LogFile.unread(process, round.now()), log));
            }
            boolean settled = !beside.isEmpty()
                    && beside.get(0).changed() < round.now().minus(SETTLED).toEpochMilli();
            looks.put(process, new Look(round.now(), tail.end(), settled ? Optional.of(beside) : Optional.empty()));
        } catch (IOException e) {
            LOG.debugf(
                    "The log of %s on %s cannot be read: %s",
                    process, round.lease().target(), e.getMessage());
            looks.put(process, new Look(round.now(), before, Optional.empty()));
        }
    }

    private LogTail tail(Round round) {
        return new LogTail(round.attribution(), round.since(), round.now(), zone, round.redact(), (file, entries) -> {
            if (!store.keep(round.lease(), file, entries)) {
                throw new IllegalStateException("another server has the lease");
            }
        });
    }

    /** A list is only a help. */
    private List<Listed> beside(String process) throws IOException {
        try {
            return pages.beside(process);
        } catch (FlinkPages.Refused none) {
            return List.of();
        }
    }

    /** Reads the rest of a file that was put aside, and those that were after it. False when it is not found. */
    private boolean rotated(LogTail tail, LogFile file, List<Listed> beside, Instant now) throws IOException {
        List<Listed> candidates = beside.stream()
                .filter(listed -> !listed.name().matches(".*\\.(log|out|err|gz|zip)"))
                .limit(MOST_ROTATED)
                .toList();
        for (Listed candidate : candidates) {
            if (candidate.size() >= file.stored()
                    && pages.file(file.process(), candidate.name(), log -> tail.read(file, log))) {
                String base = base(candidate.name());
                List<Listed> later = candidates.stream()
                        .filter(listed -> listed.changed() > candidate.changed()
                                && base(listed.name()).equals(base))
                        .sorted(Comparator.comparingLong(Listed::changed))
                        .toList();
                for (Listed next : later) {
                    pages.file(file.process(), next.name(), log -> tail.read(LogFile.unread(file.process(), now), log));
                }
                return true;
            }
        }
        return false;
    }

    private static String base(String name) {
        return name.replaceFirst("[.-][\\d-]+$", "");
    }

    private void gone(Round round, LogFile file) {
        String text = "TaskManager " + file.process() + " is gone. Its log is kept until " + file.readAt()
                + "; what it wrote after that is lost.";
        LogFile known = new LogFile(
                file.process(), file.head(), file.headLength(), file.position(), file.stored(), file.readAt(), true);
        note(round, known, text);
    }

    private void lost(Round round, LogFile file, String text) {
        LogFile next = LogFile.unread(file.process(), round.now());
        note(round, new LogFile(next.process(), "", 0, 0, 0, file.readAt(), false), text);
    }

    /** Where it is read, between the last line before and the first one after. */
    private void note(Round round, LogFile file, String text) {
        Kept entry = new Kept(file.readAt(), LogLevel.WARN, file.readAt() + " WARN  millrace.logs " + text);
        if (!store.keep(round.lease(), file, Map.of(LogOwner.CLUSTER, List.of(entry)))) {
            throw new IllegalStateException("another server has the lease");
        }
    }
}
