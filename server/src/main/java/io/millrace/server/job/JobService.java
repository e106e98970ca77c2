package io.millrace.server.job;

import io.millrace.core.access.Privilege;
import io.millrace.core.access.Securable;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.core.error.Nearest;
import io.millrace.core.job.Author;
import io.millrace.core.job.DesiredState;
import io.millrace.core.job.EventKind;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobEvent;
import io.millrace.core.job.JobFilter;
import io.millrace.core.job.JobId;
import io.millrace.core.job.JobName;
import io.millrace.core.job.JobObjects;
import io.millrace.core.job.JobScript;
import io.millrace.core.job.JobSpec;
import io.millrace.core.job.JobStore;
import io.millrace.core.job.JobVersion;
import io.millrace.core.job.ListedJob;
import io.millrace.core.job.StartFrom;
import io.millrace.core.job.TextDiff;
import io.millrace.core.job.Wish;
import io.millrace.core.sql.ScriptAnalysis;
import io.millrace.core.sql.SqlGateway;
import io.millrace.core.target.TargetName;
import io.millrace.server.access.Guard;
import io.millrace.server.lineage.LineageService;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Use cases on jobs. Records what people want and returns; the loop does the work. */
public final class JobService {
    private static final int TRIES = 5;

    private final JobStore store;
    private final SqlGateway gateway;
    private final Set<TargetName> targets;
    private final Consumer<TargetName> wake;
    private final LineageService lineage;
    private final Guard guard;
    private final Supplier<Author> author;
    private final Clock clock;

    /** {@code wake} tells the loop that there is something to do; nothing is lost when it does not hear. */
    public JobService(
            JobStore store,
            SqlGateway gateway,
            Set<TargetName> targets,
            Consumer<TargetName> wake,
            LineageService lineage,
            Callers callers,
            Clock clock) {
        this.store = store;
        this.gateway = gateway;
        this.targets = Set.copyOf(targets);
        this.wake = wake;
        this.lineage = lineage;
        this.guard = callers.guard();
        this.author = callers.author();
        this.clock = clock;
    }

    /** Who asks for something: what they may do, and who they are. */
    record Callers(Guard guard, Supplier<Author> author) {}

    /** What an apply did, or would do; {@code job} is empty after a dry run that would create one. */
    record Applied(Change change, String diff, Optional<ListedJob> job) {
        enum Change {
            CREATED,
            UPDATED,
            UNCHANGED
        }
    }

    /** What a caller demands of the job as it stands: absent, or at a certain generation; empty for nothing. */
    record Expected(boolean absent, Optional<Long> generation) {}

    Applied apply(JobName name, JobSpec spec, Expected expected, boolean dryRun) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            Optional<ListedJob> existing = store.find(name);
            mayApply(name, existing);
            check(existing, expected);
            if (existing.isPresent() && existing.get().newest().equals(spec)) {
                return new Applied(Applied.Change.UNCHANGED, "", existing);
            }
            checkTarget(spec.target());
            ScriptAnalysis analysis = gateway.analyse(spec.script());
            JobScript.check(analysis);
            String before = existing.map(listed -> listed.newest().text(name)).orElse("");
            String diff = TextDiff.unified(before, spec.text(name));
            Applied.Change change = existing.isPresent() ? Applied.Change.UPDATED : Applied.Change.CREATED;
            if (dryRun) {
                return new Applied(change, diff, existing);
            }
            boolean done = existing.isPresent() ? update(existing.get().job(), spec) : create(name, spec);
            if (done) {
                ListedJob applied = get(name);
                Job job = applied.job();
                lineage.record(job.id().value().toString(), name.value(), job.version(), analysis);
                return new Applied(change, diff, Optional.of(applied));
            }
        }
        throw busy(name);
    }

    /** The name of a job that one may not see is taken all the same. */
    private void mayApply(JobName name, Optional<ListedJob> existing) {
        Optional<Securable> seen =
                existing.map(found -> JobObjects.of(found.job())).filter(job -> guard.may(Privilege.DESCRIBE, job));
        if (seen.isPresent()) {
            guard.require(Privilege.ALTER, seen.get());
            return;
        }
        guard.require(Privilege.CREATE, JobObjects.WORKSPACE);
        if (existing.isPresent()) {
            throw new MillraceException(
                    ErrorCode.ACCESS_DENIED, "The name '" + name + "' cannot be used; take another one.");
        }
    }

    private static void check(Optional<ListedJob> existing, Expected expected) {
        if (expected.absent() && existing.isPresent()) {
            throw new MillraceException(
                    ErrorCode.STALE_VERSION,
                    "There is a job '" + existing.get().job().name()
                            + "' already; apply without If-None-Match to update it.");
        }
        if (expected.generation().isPresent()) {
            long current = existing.map(listed -> listed.job().generation()).orElse(0L);
            check(current, expected.generation().get());
        }
    }

    private static void check(long current, long expected) {
        if (current != expected) {
            throw new MillraceException(
                    ErrorCode.STALE_VERSION,
                    "The job changed meanwhile; read it again. You have generation " + expected + ", it is at "
                            + current + ".");
        }
    }

    private void checkTarget(TargetName target) {
        if (!targets.contains(target)) {
            Set<String> names = targets.stream().map(TargetName::value).collect(Collectors.toSet());
            String hint = Nearest.to(target.value(), List.copyOf(names))
                    .map(near -> "Did you mean '" + near + "'?")
                    .orElse("There is: " + String.join(", ", names));
            String message = "There is no target '" + target + "'.";
            throw new MillraceException(ErrorCode.JOB_INVALID, message, List.of(Flaw.at("/target", message, hint)));
        }
    }

    private boolean create(JobName name, JobSpec spec) {
        Instant now = clock.instant();
        Job job = Job.create(JobId.create(), name, now);
        boolean created = store.create(
                job,
                new JobVersion(job.id(), 1, spec, author.get(), now),
                JobEvent.of(now, EventKind.APPLIED, "Created as version 1."));
        if (created) {
            guard.own(JobObjects.of(job));
        }
        return created;
    }

    private boolean update(Job job, JobSpec spec) {
        Instant now = clock.instant();
        Job next = job.edited(now);
        String reason = "Version " + next.version() + " written"
                + (job.desired() == DesiredState.RUNNING ? "; it runs from the next start." : ".");
        return store.update(
                next,
                Optional.of(new JobVersion(job.id(), next.version(), spec, author.get(), now)),
                JobEvent.of(now, EventKind.APPLIED, reason));
    }

    /** Records that it shall run. Of a job that runs it asks nothing; one that ended or failed starts again. */
    ListedJob start(JobName name, Optional<Long> generation, boolean empty) {
        return want(name, generation, job -> {
            boolean running =
                    job.desired() == DesiredState.RUNNING && !job.observed().parked();
            return running
                    ? Optional.empty()
                    : Optional.of(job.wish().start(job.version(), empty ? StartFrom.EMPTY : StartFrom.LATEST));
        });
    }

    /** Records that it shall not run. */
    ListedJob stop(JobName name, Optional<Long> generation, boolean savepoint) {
        return want(name, generation, job -> {
            boolean stopped =
                    job.desired() == DesiredState.STOPPED && job.wish().savepoint() == savepoint;
            return stopped ? Optional.empty() : Optional.of(job.wish().stop(savepoint));
        });
    }

    /** Decides on a new wish, or that there is none. */
    private interface Decision {
        Optional<Wish> on(Job job);
    }

    private ListedJob want(JobName name, Optional<Long> generation, Decision decision) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            ListedJob listed = get(name);
            Job job = listed.job();
            guard.require(Privilege.OPERATE, JobObjects.of(job));
            generation.ifPresent(expected -> check(job.generation(), expected));
            Optional<Wish> wish = decision.on(job);
            if (wish.isEmpty()) {
                return listed;
            }
            Instant now = clock.instant();
            if (store.update(job.want(wish.get(), now), Optional.empty(), event(wish.get(), now))) {
                wake.accept(listed.newest().target());
                return get(name);
            }
        }
        throw busy(name);
    }

    private static JobEvent event(Wish wish, Instant now) {
        return switch (wish.state()) {
            case RUNNING ->
                JobEvent.of(
                        now,
                        EventKind.START_REQUESTED,
                        "Start of version " + wish.version() + " asked for"
                                + (wish.from().mode() == StartFrom.Mode.EMPTY ? ", with empty state." : "."));
            case STOPPED ->
                JobEvent.of(
                        now,
                        EventKind.STOP_REQUESTED,
                        "Stop asked for, " + (wish.savepoint() ? "with" : "without") + " a savepoint.");
        };
    }

    public ListedJob get(JobName name) {
        return store.find(name)
                .filter(found -> guard.may(Privilege.DESCRIBE, JobObjects.of(found.job())))
                .orElseThrow(() -> new MillraceException(ErrorCode.JOB_NOT_FOUND, "There is no job '" + name + "'."));
    }

    List<ListedJob> list(JobFilter filter) {
        Set<String> special = guard.rights().below(JobObjects.WORKSPACE);
        Map<Boolean, Set<JobId>> seen = special.stream()
                .map(key -> JobId.fromString(key.substring(key.indexOf(':') + 1)))
                .collect(Collectors.partitioningBy(
                        id -> guard.may(Privilege.DESCRIBE, JobObjects.of(id, "")), Collectors.toSet()));
        boolean usual = guard.may(Privilege.DESCRIBE, JobObjects.WORKSPACE);
        return store.page(usual ? filter.hiding(seen.get(false)) : filter.among(seen.get(true)));
    }

    List<JobVersion> versions(JobName name, long before, int limit) {
        return store.versions(get(name).job().id(), before, limit);
    }

    List<JobEvent> events(JobName name, long before, int limit) {
        return store.events(get(name).job().id(), before, limit);
    }

    void delete(JobName name, Optional<Long> generation) {
        Job job = get(name).job();
        guard.require(Privilege.DROP, JobObjects.of(job));
        generation.ifPresent(expected -> check(job.generation(), expected));
        if (!store.delete(job)) {
            throw new MillraceException(
                    ErrorCode.JOB_BUSY,
                    "Job '" + name + "' is " + job.observed() + "; stop it and wait until it is, then delete it.");
        }
    }

    private static MillraceException busy(JobName name) {
        return new MillraceException(ErrorCode.STALE_VERSION, "Job '" + name + "' changes all the time; try again.");
    }
}
