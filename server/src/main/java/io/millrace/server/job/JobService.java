package io.millrace.server.job;

import io.millrace.core.access.Privilege;
import io.millrace.core.access.Rights;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.core.job.Attempt;
import io.millrace.core.job.Author;
import io.millrace.core.job.DesiredState;
import io.millrace.core.job.EventKind;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobEvent;
import io.millrace.core.job.JobFilter;
import io.millrace.core.job.JobId;
import io.millrace.core.job.JobName;
import io.millrace.core.job.JobObjects;
import io.millrace.core.job.JobPath;
import io.millrace.core.job.JobSpec;
import io.millrace.core.job.JobStore;
import io.millrace.core.job.JobVersion;
import io.millrace.core.job.ListedJob;
import io.millrace.core.job.StartFrom;
import io.millrace.core.job.Wish;
import io.millrace.core.state.Compatibility;
import io.millrace.core.target.TargetName;
import io.millrace.core.workspace.Workspace;
import io.millrace.core.workspace.WorkspaceId;
import io.millrace.core.workspace.WorkspaceName;
import io.millrace.core.workspace.WorkspaceRef;
import io.millrace.server.access.Guard;
import io.millrace.server.gateway.SqlGateways;
import io.millrace.server.lineage.LineageService;
import io.millrace.server.workspace.WorkspaceService;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Use cases on jobs. Records what people want and returns; the loop does the work. */
public final class JobService {
    static final int TRIES = 5;

    private final JobStore store;
    private final Consumer<TargetName> wake;
    private final Written written;
    private final JobStarts starts;
    private final JobApplies applies;
    private final Guard guard;
    private final WorkspaceService workspaces;
    private final Clock clock;

    /** {@code wake} tells the loop that there is something to do; nothing is lost when it does not hear. */
    JobService(
            JobStore store,
            SqlGateways gateways,
            JobStarts starts,
            Consumer<TargetName> wake,
            Written written,
            Callers callers,
            Clock clock) {
        this.store = store;
        this.starts = starts;
        this.wake = wake;
        this.written = written;
        this.guard = callers.guard();
        this.workspaces = callers.workspaces();
        this.clock = clock;
        this.applies = new JobApplies(
                store, gateways.ofCaller(), starts.targets(), written, callers.guard(), callers.author(), clock);
    }

    /**
     * Who is told of versions that were written, who knows what became of what they were applied over, and the transaction
     * in which they are written.
     */
    record Written(
            LineageService lineage, JobStates states, AppliedObjects applied, Predicate<BooleanSupplier> transaction) {}

    /** Who asks for something: what they may do, which workspaces they see, and who they are. */
    public record Callers(Guard guard, WorkspaceService workspaces, Supplier<Author> author) {}

    /** What a version is to hold, and what its author says of it. */
    record Content(JobSpec spec, String message) {
        Content {
            JobVersion.checkMessage(message);
        }
    }

    /**
     * What an apply did, or would do.
     *
     * @param job empty after a dry run that would create one
     * @param notice what people may not expect
     */
    record Applied(
            Change change, String diff, Optional<ListedJob> job, Optional<Compared> compared, Optional<String> notice) {

        enum Change {
            CREATED,
            UPDATED,
            UNCHANGED
        }
    }

    /** What would become of a job's state. */
    record Compared(long from, long to, Compatibility result) {}

    /** What a caller demands of the job as it stands: absent, or at a certain generation; empty for nothing. */
    record Expected(boolean absent, Optional<Long> generation) {
        void check(Optional<ListedJob> existing) {
            if (absent && existing.isPresent()) {
                throw new MillraceException(
                        ErrorCode.STALE_VERSION,
                        "There is a job '" + existing.get().job().name()
                                + "' already; apply without If-None-Match to update it.");
            }
            if (generation.isPresent()) {
                long current = existing.map(listed -> listed.job().generation()).orElse(0L);
                JobService.check(current, generation.get());
            }
        }
    }

    Applied apply(JobPath path, Content content, Expected expected, boolean dryRun) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            WorkspaceRef workspace = workspaces.get(path.workspace()).ref();
            JobApplies.Prepared prepared = applies.prepare(workspace, path.name(), content, expected);
            if (prepared.change() == Applied.Change.UNCHANGED) {
                return applied(prepared, prepared.existing(), Optional.empty());
            }
            if (dryRun) {
                return applied(prepared, prepared.existing(), applies.compared(prepared));
            }
            Optional<Job> written = applies.write(prepared);
            if (written.isPresent()) {
                applies.tell(prepared, written.get());
                return applied(prepared, Optional.of(get(path)), Optional.empty());
            }
        }
        throw busy(path);
    }

    private static Applied applied(JobApplies.Prepared prepared, Optional<ListedJob> job, Optional<Compared> compared) {
        return new Applied(prepared.change(), prepared.diff(), job, compared, prepared.notice());
    }

    /**
     * What becomes of the state when the job goes on with version {@code to}.
     *
     * @param from whose state it is; empty for the version that runs or ran last
     */
    Compared compare(JobPath path, long to, Optional<Long> from) {
        ListedJob listed = get(path);
        long before = from.or(() -> listed.attempt().map(Attempt::version))
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.REQUEST_INVALID,
                        "Job '" + path.name() + "' has not run yet. Say from which version.",
                        List.of(Flaw.at("/from", "missing"))));
        JobId id = listed.job().id();
        for (long version : List.of(before, to)) {
            if (store.versions(id, version + 1, 1).stream().noneMatch(each -> each.version() == version)) {
                throw new MillraceException(
                        ErrorCode.JOB_VERSION_NOT_FOUND, "Job '" + path.name() + "' has no version " + version + ".");
            }
        }
        return new Compared(before, to, written.states().compare(id, before, to));
    }

    static void check(long current, long expected) {
        if (current != expected) {
            throw new MillraceException(
                    ErrorCode.STALE_VERSION,
                    "The job changed meanwhile; read it again. You have generation " + expected + ", it is at "
                            + current + ".");
        }
    }

    /** Records that it shall run. Of a job that runs it asks nothing; one that ended or failed starts again. */
    ListedJob start(JobPath path, Optional<Long> generation, JobStarts.Start start) {
        return want(path, generation, listed -> starts.wish(listed, start));
    }

    /** Records that it shall not run. */
    ListedJob stop(JobPath path, Optional<Long> generation, boolean savepoint) {
        return want(path, generation, listed -> stopped(listed, savepoint));
    }

    private static Optional<Wish> stopped(ListedJob listed, boolean savepoint) {
        Job job = listed.job();
        boolean stopped = job.desired() == DesiredState.STOPPED && job.wish().savepoint() == savepoint;
        return stopped ? Optional.empty() : Optional.of(job.wish().stop(savepoint));
    }

    /** Whether a start would ask for anything; refuses what that would refuse. */
    boolean wouldStart(JobPath path, JobStarts.Start start) {
        return starts.wish(operable(path), start).isPresent();
    }

    /** Whether a stop would ask for anything; refuses what that would refuse. */
    boolean wouldStop(JobPath path, boolean savepoint) {
        return stopped(operable(path), savepoint).isPresent();
    }

    private ListedJob operable(JobPath path) {
        ListedJob listed = get(path);
        guard.require(Privilege.OPERATE, JobObjects.of(listed.job()));
        return listed;
    }

    /** Decides on a new wish, or that there is none. */
    private interface Decision {
        Optional<Wish> on(ListedJob job);
    }

    private ListedJob want(JobPath path, Optional<Long> generation, Decision decision) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            ListedJob listed = operable(path);
            Job job = listed.job();
            generation.ifPresent(expected -> check(job.generation(), expected));
            Optional<Wish> wish = decision.on(listed);
            if (wish.isEmpty()) {
                return listed;
            }
            Instant now = clock.instant();
            if (store.update(
                    job.want(wish.get(), now),
                    Optional.empty(),
                    event(wish.get(), now).by(guard.caller()))) {
                wake.accept(listed.newest().target());
                return get(path);
            }
        }
        throw busy(path);
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

    public ListedJob get(JobPath path) {
        return store.find(workspaces.get(path.workspace()).ref().id(), path.name())
                .filter(found -> guard.finds(JobObjects.of(found.job())))
                .orElseThrow(() -> missing(path.workspace(), path.name().value()));
    }

    /** The job that was deleted last of those that had the name. */
    JobId lastDeleted(JobPath path) {
        return store.lastDeleted(workspaces.get(path.workspace()).ref().id(), path.name())
                .map(found -> found.job())
                .filter(job -> guard.finds(JobObjects.of(job)))
                .map(Job::id)
                .orElseThrow(() ->
                        new MillraceException(ErrorCode.JOB_NOT_FOUND, "There is no job '" + path + "' in the bin."));
    }

    /** Whether a name is taken, be it by a job that the caller may not see. */
    boolean exists(WorkspaceId workspace, JobName name) {
        return store.find(workspace, name).isPresent();
    }

    /** A name that cannot be one is that of no job. */
    public static JobPath known(String workspace, String name) {
        WorkspaceName place = WorkspaceService.known(workspace);
        try {
            return new JobPath(place, new JobName(name));
        } catch (MillraceException e) {
            throw missing(place, name);
        }
    }

    static MillraceException missing(WorkspaceName workspace, String name) {
        return new MillraceException(
                ErrorCode.JOB_NOT_FOUND, "There is no job '" + name + "' in workspace '" + workspace + "'.");
    }

    /** Those that the caller may see: in one workspace, or in all. */
    List<ListedJob> list(JobFilter filter, Optional<WorkspaceName> where) {
        return store.page(visible(filter, where));
    }

    /** The same filter, of those jobs alone that the caller may see. */
    JobFilter visible(JobFilter filter, Optional<WorkspaceName> where) {
        Rights rights = guard.rights();
        if (where.isEmpty() && rights.all()) {
            return filter;
        }
        List<Workspace> places =
                where.map(name -> List.of(workspaces.get(name))).orElseGet(workspaces::list);
        Set<WorkspaceId> open = new HashSet<>();
        Map<Boolean, Set<JobId>> special = Map.of(true, new HashSet<>(), false, new HashSet<>());
        for (Workspace place : places) {
            WorkspaceId id = place.ref().id();
            if (rights.may(Privilege.DESCRIBE, place.ref().object())) {
                open.add(id);
            }
            rights.below(place.ref().object()).stream()
                    .map(key -> JobId.fromString(key.substring(key.indexOf(':') + 1)))
                    .forEach(job -> special.get(rights.may(Privilege.DESCRIBE, JobObjects.of(id, job, "")))
                            .add(job));
        }
        return filter.in(open, special.get(false), special.get(true));
    }

    public List<JobVersion> versions(JobPath path, long before, int limit) {
        return store.versions(get(path).job().id(), before, limit);
    }

    List<JobEvent> events(JobPath path, long before, int limit) {
        return store.events(get(path).job().id(), before, limit);
    }

    /** Those of a workspace, or of one job in it, that the caller may see; of all without either. */
    Predicate<SqlEventFeed.Happened> events(@Nullable String workspace, @Nullable String job) {
        if (job != null) {
            JobId id = get(known(workspace == null ? WorkspaceName.DEFAULT.value() : workspace, job))
                    .job()
                    .id();
            return happened -> happened.id().equals(id);
        }
        if (workspace != null) {
            WorkspaceId id =
                    workspaces.get(WorkspaceService.known(workspace)).ref().id();
            return happened -> happened.workspace().id().equals(id);
        }
        return happened -> true;
    }

    static MillraceException busy(JobPath path) {
        return new MillraceException(ErrorCode.STALE_VERSION, "Job '" + path + "' changes all the time; try again.");
    }
}
