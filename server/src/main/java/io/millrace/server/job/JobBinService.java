package io.millrace.server.job;

import io.millrace.core.access.Privilege;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.core.job.Deletion;
import io.millrace.core.job.EventKind;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobBin;
import io.millrace.core.job.JobEvent;
import io.millrace.core.job.JobFilter;
import io.millrace.core.job.JobId;
import io.millrace.core.job.JobName;
import io.millrace.core.job.JobObjects;
import io.millrace.core.job.JobPath;
import io.millrace.core.job.ListedJob;
import io.millrace.core.workspace.WorkspaceName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Use cases on deleted jobs. Who may delete a job may restore it and forget it, too. */
final class JobBinService {
    private static final Logger LOG = LoggerFactory.getLogger(JobBinService.class);
    private static final int AT_ONCE = 100;

    private final JobService jobs;
    private final JobBin bin;
    private final JobService.Callers callers;
    private final Duration keep;
    private final Clock clock;

    /** {@code keep} is how long deleted jobs stay. */
    JobBinService(JobService jobs, JobBin bin, JobService.Callers callers, Duration keep, Clock clock) {
        this.jobs = jobs;
        this.bin = bin;
        this.callers = callers;
        this.keep = keep;
        this.clock = clock;
    }

    /** Moves a job that is at rest to the bin; in a dry run only refuses what that would refuse. */
    boolean delete(JobPath path, Optional<Long> generation, boolean dryRun) {
        ListedJob listed = jobs.get(path);
        Job job = listed.job();
        callers.guard().require(Privilege.DROP, JobObjects.of(job));
        generation.ifPresent(expected -> JobService.check(job.generation(), expected));
        Instant now = clock.instant();
        String who = callers.guard().caller();
        JobEvent event =
                JobEvent.of(now, EventKind.DELETED, "Moved to the bin.").by(who);
        boolean done = dryRun ? listed.atRest() : bin.put(job, new Deletion(now, who), event);
        if (!done) {
            throw new MillraceException(
                    ErrorCode.JOB_BUSY,
                    "Job '" + path + "' is " + job.observed() + "; stop it and wait until it is, then delete it.");
        }
        return true;
    }

    /** What is in the bin that the caller may see, as it was deleted last. */
    List<ListedJob> list(JobFilter filter, Optional<WorkspaceName> where) {
        return jobs.list(filter.inBin(), where);
    }

    /** When it is forgotten by itself. */
    Instant end(Deletion deletion) {
        return deletion.at().plus(keep);
    }

    /** In a dry run only refuses what a restore would refuse. */
    boolean restores(String id, boolean dryRun) {
        if (dryRun) {
            Job deleted = deleted(id).job();
            if (jobs.exists(deleted.workspace().id(), deleted.name())) {
                throw taken(new JobPath(deleted.workspace().name(), deleted.name()));
            }
        } else {
            restore(id, Optional.empty());
        }
        return true;
    }

    /** Takes a job out of the bin, under the name that it had or another one. */
    ListedJob restore(String id, Optional<JobName> as) {
        Job deleted = deleted(id).job();
        JobName name = as.orElse(deleted.name());
        Instant now = clock.instant();
        String who = callers.guard().caller();
        JobEvent event =
                JobEvent.of(now, EventKind.RESTORED, "Taken out of the bin.").by(who);
        Job next = deleted.restored(name, now);
        switch (bin.restore(next, event)) {
            case DONE -> {}
            case NAME_TAKEN -> throw taken(new JobPath(deleted.workspace().name(), name));
            case GONE -> throw missing(id);
        }
        return jobs.get(new JobPath(next.workspace().name(), name));
    }

    static MillraceException taken(JobPath path) {
        String message = "There is a job '" + path.name() + "' in workspace '" + path.workspace() + "' now.";
        String hint = "Restore it under another name (--as NAME), or delete that one first.";
        return new MillraceException(ErrorCode.JOB_EXISTS, message, List.of(Flaw.at("/name", message, hint)));
    }

    /** Forgets a job that is in the bin with its history. Its savepoints and checkpoints become orphans. */
    void purge(String id) {
        ListedJob deleted = deleted(id);
        if (!bin.purge(deleted.job().id())) {
            throw missing(id);
        }
        LOG.info("job {} ({}) was removed for good", deleted.job().fullName(), id);
    }

    private ListedJob deleted(String id) {
        ListedJob found = SnapshotService.uuid(id)
                .flatMap(known -> bin.find(new JobId(known)))
                .filter(listed -> callers.guard().finds(JobObjects.of(listed.job())))
                .orElseThrow(() -> missing(id));
        callers.guard().require(Privilege.DROP, JobObjects.of(found.job()));
        return found;
    }

    private static MillraceException missing(String id) {
        return new MillraceException(
                ErrorCode.JOB_NOT_FOUND,
                "There is no deleted job '" + id + "'; `millrace job list --deleted` shows which there are.");
    }

    /** Forgets what is in the bin for too long. */
    void purgeOld() {
        Instant before = clock.instant().minus(keep);
        int purged;
        do {
            purged = bin.purge(before, AT_ONCE);
            if (purged > 0) {
                LOG.info("{} deleted jobs were removed for good", purged);
            }
        } while (purged == AT_ONCE);
    }
}
