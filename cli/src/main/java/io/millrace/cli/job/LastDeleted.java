package io.millrace.cli.job;

import io.millrace.api.client.JobsClient;
import io.millrace.api.job.DeletedJobView;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.CommandFailure;

/** Finds a deleted job by the name that it had; if several had it, the one that was deleted last. */
final class LastDeleted {
    private LastDeleted() {}

    static DeletedJobView of(JobsClient jobs, String workspace, String name) {
        return jobs.deleted(workspace).stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.FAILED,
                        "There is no job '" + name + "' in the bin of workspace '" + workspace
                                + "'. `millrace job list --deleted` shows what is there."));
    }
}
