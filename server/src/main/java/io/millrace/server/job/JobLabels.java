package io.millrace.server.job;

import io.millrace.core.access.Privilege;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.core.error.Nearest;
import io.millrace.core.job.EventKind;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobEvent;
import io.millrace.core.job.JobFilter;
import io.millrace.core.job.JobObjects;
import io.millrace.core.job.JobPath;
import io.millrace.core.job.JobStore;
import io.millrace.core.job.Labels;
import io.millrace.core.job.ListedJob;
import io.millrace.core.job.Owner;
import io.millrace.core.job.Tag;
import io.millrace.core.workspace.WorkspaceName;
import io.millrace.server.access.Guard;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Use cases on tags and owners of jobs. */
final class JobLabels {
    private static final JobFilter ALL = new JobFilter(Set.of(), Optional.empty(), JobFilter.JobOrder.NAME, 0, 0);

    private final JobService jobs;
    private final JobStore store;
    private final Guard guard;
    private final Consumer<Owner> existing;
    private final Clock clock;

    /** {@code existing} fails for an owner who is neither a user nor a service account nor a group. */
    JobLabels(JobService jobs, JobStore store, Guard guard, Consumer<Owner> existing, Clock clock) {
        this.jobs = jobs;
        this.store = store;
        this.guard = guard;
        this.existing = existing;
        this.clock = clock;
    }

    /** What is to be changed. */
    record Change(List<Tag> tag, List<Tag> untag, Optional<Owner> owner) {}

    /** Changes the tags and the owner. What is so already changes nothing. */
    ListedJob change(JobPath path, Optional<Long> generation, Change change) {
        for (int attempt = 0; attempt < JobService.TRIES; attempt++) {
            ListedJob listed = jobs.get(path);
            Job job = listed.job();
            guard.require(Privilege.ALTER, JobObjects.of(job));
            generation.ifPresent(expected -> JobService.check(job.generation(), expected));
            Labels labels = job.labels().changed(change.tag(), change.untag(), change.owner());
            if (labels.equals(job.labels())) {
                return listed;
            }
            change.owner().ifPresent(this::check);
            Instant now = clock.instant();
            JobEvent event = JobEvent.of(now, EventKind.LABELS_CHANGED, labels.since(job.labels()))
                    .by(guard.caller());
            if (store.update(job.labelled(labels, now), Optional.empty(), event)) {
                return jobs.get(path);
            }
        }
        throw JobService.busy(path);
    }

    /** Whether that changes anything; in a dry run nothing is written. */
    boolean changes(JobPath path, Change change, boolean dryRun) {
        Job job = jobs.get(path).job();
        if (!dryRun) {
            return change(path, Optional.empty(), change).job().generation() != job.generation();
        }
        guard.require(Privilege.ALTER, JobObjects.of(job));
        change.owner().ifPresent(this::check);
        return !job.labels()
                .changed(change.tag(), change.untag(), change.owner())
                .equals(job.labels());
    }

    private void check(Owner owner) {
        try {
            existing.accept(owner);
        } catch (MillraceException e) {
            String hint = "A user or service account such as alice, or a group such as group:ops, that there is.";
            throw new MillraceException(e.code(), e.getMessage(), List.of(Flaw.at("/owner", "is nobody", hint)));
        }
    }

    /** How many of the jobs that the caller may see have each tag. */
    SortedMap<Tag, Integer> tags(Optional<WorkspaceName> where) {
        return store.tags(jobs.visible(ALL, where));
    }

    /**
     * Those that the caller may see; fails for a tag that none of them has, in whatever workspace.
     *
     * @param tags all of which they have
     */
    List<ListedJob> list(JobFilter filter, List<String> tags, Optional<Owner> owner, Optional<WorkspaceName> where) {
        if (tags.isEmpty() || tags.stream().allMatch(Tag::valid)) {
            Set<Tag> all = tags.stream().map(Tag::new).collect(Collectors.toSet());
            List<ListedJob> found = jobs.list(filter.labelled(all, owner), where);
            if (tags.isEmpty() || !found.isEmpty()) {
                return found;
            }
        }
        Set<String> known =
                tags(Optional.empty()).keySet().stream().map(Tag::value).collect(Collectors.toSet());
        tags.stream().filter(tag -> !known.contains(tag)).findFirst().ifPresent(tag -> {
            throw unknown(tag, known);
        });
        return List.of();
    }

    private static MillraceException unknown(String tag, Set<String> known) {
        String hint = Nearest.to(tag, known)
                .map(near -> "Did you mean '" + near + "'?")
                .orElse("`millrace job tags` lists those that there are.");
        String message = "No job that you may see is tagged '" + tag + "'.";
        return new MillraceException(
                ErrorCode.JOB_TAG_UNKNOWN, message + " " + hint, List.of(Flaw.at("/tag", message, hint)));
    }
}
