package io.millrace.server.job;

import io.millrace.api.job.JobWrite;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobId;
import io.millrace.core.job.JobName;
import io.millrace.core.job.JobStore;
import io.millrace.core.job.JobVersion;
import io.millrace.core.job.ListedJob;
import io.millrace.core.workspace.WorkspaceRef;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** Writes contents of several jobs as one: all of them or none. */
public final class JobBatch {
    private final JobApplies applies;
    private final JobStore store;
    private final Predicate<BooleanSupplier> transaction;

    /** {@code transaction} undoes what was written during the work unless that answers true. */
    JobBatch(JobApplies applies, JobStore store, Predicate<BooleanSupplier> transaction) {
        this.applies = applies;
        this.store = store;
        this.transaction = transaction;
    }

    /** What a job is to become. */
    public static final class Planned {
        private final JobApplies.Prepared prepared;

        private Planned(JobApplies.Prepared prepared) {
            this.prepared = prepared;
        }

        public JobName name() {
            return prepared.name();
        }

        /** As it is now; empty when it is to be created. */
        public Optional<ListedJob> existing() {
            return prepared.existing();
        }

        public boolean unchanged() {
            return prepared.plan().isEmpty();
        }

        public String diff() {
            return prepared.diff();
        }

        /** What people may not expect of it. */
        public Optional<String> notice() {
            return prepared.notice();
        }
    }

    /** Checks one job and writes nothing; fails as an apply would, with places in the content. */
    public Planned plan(WorkspaceRef workspace, JobName name, JobWrite wanted) {
        var anything = new JobService.Expected(false, Optional.empty());
        return new Planned(applies.prepare(workspace, name, JobViews.content(wanted), anything));
    }

    /**
     * Writes what changes.
     *
     * @param with is written in the same transaction: gets the jobs as they are then, in the order of {@code all}, and
     *     undoes everything by answering false
     * @return false, and nothing is written, when somebody changed a job meanwhile or {@code with} says no
     */
    public boolean write(List<Planned> all, Predicate<List<Job>> with) {
        List<Job> jobs = new ArrayList<>();
        boolean done = transaction.test(() -> {
            jobs.clear();
            for (Planned each : all) {
                Optional<Job> job =
                        each.unchanged() ? each.existing().map(ListedJob::job) : applies.write(each.prepared);
                if (job.isEmpty()) {
                    return false;
                }
                jobs.add(job.get());
            }
            return with.test(List.copyOf(jobs));
        });
        for (int i = 0; done && i < jobs.size(); i++) {
            if (!all.get(i).unchanged()) {
                applies.tell(all.get(i).prepared, jobs.get(i));
            }
        }
        return done;
    }

    /** Who wrote a job's newest version, and what it is. */
    public Optional<JobVersion> newest(JobId job) {
        return store.versions(job, Long.MAX_VALUE, 1).stream().findFirst();
    }
}
