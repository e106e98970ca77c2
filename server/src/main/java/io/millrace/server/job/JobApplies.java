package io.millrace.server.job;

import static java.util.stream.Collectors.toSet;

import io.millrace.core.access.Privilege;
import io.millrace.core.access.Securable;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.core.error.Nearest;
import io.millrace.core.job.Attempt;
import io.millrace.core.job.Author;
import io.millrace.core.job.DesiredState;
import io.millrace.core.job.EventKind;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobEvent;
import io.millrace.core.job.JobId;
import io.millrace.core.job.JobName;
import io.millrace.core.job.JobObjects;
import io.millrace.core.job.JobScript;
import io.millrace.core.job.JobStore;
import io.millrace.core.job.JobVersion;
import io.millrace.core.job.Labels;
import io.millrace.core.job.ListedJob;
import io.millrace.core.job.Owner;
import io.millrace.core.job.TextDiff;
import io.millrace.core.lineage.Maker;
import io.millrace.core.sql.ScriptAnalysis;
import io.millrace.core.sql.ScriptObject;
import io.millrace.core.sql.SqlGateway;
import io.millrace.core.target.TargetName;
import io.millrace.core.workspace.WorkspaceRef;
import io.millrace.server.access.Guard;
import io.millrace.server.job.JobService.Applied;
import io.millrace.server.job.JobService.Compared;
import io.millrace.server.job.JobService.Content;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Makes versions of contents: allowed, checked and analysed, then written, with the rights of one author. */
final class JobApplies {
    private final JobStore store;
    private final SqlGateway gateway;
    private final Set<TargetName> targets;
    private final JobService.Written written;
    private final Guard guard;
    private final Supplier<Author> author;
    private final Clock clock;

    JobApplies(
            JobStore store,
            SqlGateway gateway,
            Set<TargetName> targets,
            JobService.Written written,
            Guard guard,
            Supplier<Author> author,
            Clock clock) {
        this.store = store;
        this.gateway = gateway;
        this.targets = Set.copyOf(targets);
        this.written = written;
        this.guard = guard;
        this.author = author;
        this.clock = clock;
    }

    /**
     * A content that may become a version of a job.
     *
     * @param notice what people may not expect of it
     * @param plan empty when the job has this content already
     */
    record Prepared(
            WorkspaceRef workspace,
            JobName name,
            Content content,
            Optional<ListedJob> existing,
            String diff,
            Optional<String> notice,
            Optional<Plan> plan) {
        Applied.Change change() {
            if (plan.isEmpty()) {
                return Applied.Change.UNCHANGED;
            }
            return existing.isPresent() ? Applied.Change.UPDATED : Applied.Change.CREATED;
        }
    }

    /** What the gateway says of a content: what its script does, and what it would keep. */
    record Plan(ScriptAnalysis analysis, JobStates.Planned state) {}

    /** Checks everything and writes nothing. */
    Prepared prepare(WorkspaceRef workspace, JobName name, Content content, JobService.Expected expected) {
        Optional<ListedJob> existing = store.find(workspace.id(), name);
        mayApply(workspace, name, existing);
        expected.check(existing);
        if (existing.isPresent()
                && existing.get().newest().equals(content.spec())
                && stands(existing.get().job(), content)) {
            return new Prepared(workspace, name, content, existing, "", Optional.empty(), Optional.empty());
        }
        checkTarget(content.spec().target());
        ScriptAnalysis analysis = gateway.analyse(content.spec().script());
        JobScript.check(analysis);
        String before = existing.map(listed -> listed.newest().text(name)).orElse("");
        String diff = TextDiff.unified(before, content.spec().text(name));
        Optional<String> notice = existing.isPresent() ? Optional.empty() : deleted(workspace, name);
        Plan plan = new Plan(analysis, written.states().plan(content.spec()));
        return new Prepared(workspace, name, content, existing, diff, notice, Optional.of(plan));
    }

    /** Whether the newest version, which has this content, was decided about all that its script means now. */
    private boolean stands(Job job, Content content) {
        return store.versions(job.id(), job.version() + 1, 1).stream()
                .flatMap(newest -> newest.objects().stream())
                .filter(then ->
                        AppliedObjects.haveCode(then) || !written.applied().unchanged(then))
                .allMatch(then -> meanings(then)
                        .containsAll(meanings(gateway.analyse(content.spec().script())
                                .objects()
                                .orElse(List.of()))));
    }

    /** Other code is another function; a new version of a table is not another table. */
    private static Set<List<String>> meanings(List<ScriptObject> objects) {
        return objects.stream()
                .map(object -> List.of(object.key(), String.valueOf(object.artifact())))
                .collect(toSet());
    }

    private Optional<String> deleted(WorkspaceRef workspace, JobName name) {
        return store.lastDeleted(workspace.id(), name)
                .filter(found -> guard.may(Privilege.DESCRIBE, JobObjects.of(found.job())))
                .flatMap(ListedJob::deletion)
                .map(deletion -> "It is a new job. The '" + name + "' that '" + deletion.by() + "' deleted at "
                        + deletion.at() + " is in the bin and stays there.");
    }

    /**
     * The job with its new version, with what that keeps and what its maker may do with it, in one transaction; empty,
     * and nothing is written, if somebody changed it since it was prepared.
     */
    Optional<Job> write(Prepared prepared) {
        var job = new AtomicReference<Optional<Job>>(Optional.empty());
        boolean done = written.transaction().test(() -> {
            job.set(
                    prepared.existing().isPresent()
                            ? update(prepared.existing().get().job(), prepared)
                            : create(prepared));
            job.get().ifPresent(made -> keep(prepared, made));
            return true;
        });
        return done ? job.get() : Optional.empty();
    }

    private void keep(Prepared prepared, Job job) {
        if (prepared.change() == Applied.Change.CREATED) {
            guard.give(JobObjects.of(job));
        }
        written.states()
                .keep(job.id(), job.version(), prepared.plan().orElseThrow().state());
    }

    /** What follows when a version is there for good. */
    void tell(Prepared prepared, Job job) {
        if (prepared.change() == Applied.Change.CREATED) {
            guard.renew();
        }
        Maker maker = Maker.job(job.workspace().id(), job.id().toString(), job.fullName(), job.version());
        written.lineage().record(maker, prepared.plan().orElseThrow().analysis());
    }

    /** What would become of the job's state. */
    Optional<Compared> compared(Prepared prepared) {
        return prepared.existing()
                .flatMap(listed -> listed.attempt().map(ran -> compared(listed.job(), ran, prepared)));
    }

    private Compared compared(Job job, Attempt ran, Prepared prepared) {
        var result = written.states()
                .compare(job.id(), ran.version(), prepared.plan().orElseThrow().state());
        return new Compared(ran.version(), job.version() + 1, result);
    }

    /** The name of a job that one may not see is taken all the same. */
    private void mayApply(WorkspaceRef workspace, JobName name, Optional<ListedJob> existing) {
        Optional<Securable> seen =
                existing.map(found -> JobObjects.of(found.job())).filter(job -> guard.may(Privilege.DESCRIBE, job));
        if (seen.isPresent()) {
            guard.require(Privilege.ALTER, seen.get());
            return;
        }
        guard.require(Privilege.CREATE, workspace.object());
        if (existing.isPresent()) {
            throw new MillraceException(
                    ErrorCode.ACCESS_DENIED, "The name '" + name + "' cannot be used; take another one.");
        }
    }

    private void checkTarget(TargetName target) {
        if (!targets.contains(target)) {
            List<String> names =
                    targets.stream().map(TargetName::value).sorted().toList();
            String hint = Nearest.to(target.value(), names)
                    .map(near -> "Did you mean '" + near + "'?")
                    .orElse("There is: " + String.join(", ", names));
            String message = "There is no target '" + target + "'.";
            throw new MillraceException(ErrorCode.JOB_INVALID, message, List.of(Flaw.at("/target", message, hint)));
        }
    }

    private Optional<Job> create(Prepared prepared) {
        Instant now = clock.instant();
        Job job = Job.create(JobId.create(), prepared.workspace(), prepared.name(), now)
                .begun(new Labels(
                        List.of(), Optional.of(Owner.fromString(author.get().name()))));
        JobEvent event = JobEvent.of(now, EventKind.APPLIED, "Created as version 1.")
                .by(author.get().name());
        return store.create(job, version(job, prepared, now), event) ? Optional.of(job) : Optional.empty();
    }

    private Optional<Job> update(Job job, Prepared prepared) {
        Instant now = clock.instant();
        Job next = job.edited(now);
        String reason = "Version " + next.version() + " written"
                + (job.desired() == DesiredState.RUNNING ? "; it runs from the next start." : ".");
        JobEvent event =
                JobEvent.of(now, EventKind.APPLIED, reason).by(author.get().name());
        return store.update(next, Optional.of(version(next, prepared, now)), event)
                ? Optional.of(next)
                : Optional.empty();
    }

    private JobVersion version(Job job, Prepared prepared, Instant now) {
        Content content = prepared.content();
        return new JobVersion(
                job.id(),
                job.version(),
                content.spec(),
                author.get(),
                content.message(),
                now,
                prepared.plan().flatMap(plan -> plan.analysis().objects()));
    }
}
