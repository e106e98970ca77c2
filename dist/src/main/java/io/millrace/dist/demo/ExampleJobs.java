package io.millrace.dist.demo;

import static io.millrace.cli.ExitCode.JOB_FAILED;
import static java.util.Objects.requireNonNull;

import io.millrace.api.client.ApiException;
import io.millrace.api.client.JobsClient;
import io.millrace.api.job.DesiredState;
import io.millrace.api.job.JobPatch;
import io.millrace.api.job.JobView;
import io.millrace.api.job.ObservedState;
import io.millrace.api.jobfile.JobFile;
import io.millrace.cli.console.CommandFailure;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The example's jobs, by their files. */
final class ExampleJobs {
    private static final Duration STOP_LIMIT = Duration.ofMinutes(1);
    private static final Set<ObservedState> AT_REST =
            EnumSet.of(ObservedState.IDLE, ObservedState.FINISHED, ObservedState.FAILED);
    private static final Set<ObservedState> GIVEN_UP =
            EnumSet.of(ObservedState.FINISHED, ObservedState.FAILED, ObservedState.NEEDS_DECISION);

    private final JobsClient client;
    private final List<JobFile> files;

    ExampleJobs(JobsClient client, List<JobFile> files) {
        this.client = requireNonNull(client, "client");
        this.files = List.copyOf(files);
    }

    /** Ends and deletes those of an earlier run. Their state is of no use: the input is loaded anew. */
    void remove() throws InterruptedException {
        List<JobView> old = existing();
        for (JobView job : old) {
            if (job.desired() != DesiredState.STOPPED || !AT_REST.contains(job.observed())) {
                client.stop(job.name(), false);
            }
        }
        Deadline deadline = Deadline.in(STOP_LIMIT);
        for (JobView job : old) {
            while (!deleted(job.name())) {
                deadline.check("The job " + job.name() + " of an earlier run does not stop; see millrace job show "
                        + job.name() + ".");
            }
        }
    }

    private boolean deleted(String name) {
        try {
            client.delete(name);
            return true;
        } catch (ApiException e) {
            if (e.code().equals("JOB_BUSY")) {
                return false;
            }
            throw e;
        }
    }

    void start() {
        for (JobFile file : files) {
            client.apply(file.name(), file.spec());
            client.patch(file.name(), new JobPatch(DesiredState.RUNNING, null, true, null, null, null));
        }
    }

    /** Asks for their end and does not wait for it. */
    void stop() {
        existing().forEach(job -> client.stop(job.name(), false));
    }

    /** Says so at once when one of them will not do its work. */
    void requireAlive() {
        for (JobView job : existing()) {
            if (GIVEN_UP.contains(job.observed())) {
                throw new CommandFailure(
                        JOB_FAILED,
                        "The job " + job.name() + " is " + job.observed() + ": " + job.reason()
                                + " (millrace job history " + job.name() + " says more.)");
            }
        }
    }

    private List<JobView> existing() {
        List<String> names = files.stream().map(JobFile::name).toList();
        return client.list(JobsClient.DEFAULT_WORKSPACE).stream()
                .filter(job -> names.contains(job.name()))
                .toList();
    }
}
