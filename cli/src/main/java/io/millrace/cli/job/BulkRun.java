package io.millrace.cli.job;

import io.millrace.api.client.JobsClient;
import io.millrace.api.job.JobBulkAction;
import io.millrace.api.job.JobBulkOutcome;
import io.millrace.api.job.JobBulkView;
import io.millrace.api.job.JobLabelsPatch;
import io.millrace.api.job.NewJobBulk;
import io.millrace.api.job.NewJobBulk.JobName;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.PrettyJson;
import org.jspecify.annotations.Nullable;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Has the server do one thing to many jobs, part by part, and tells what became of each. */
final class BulkRun {
    /** Few enough for an answer in seconds. */
    private static final int PART = 50;

    private final JobsClient jobs;
    private final boolean dryRun;
    private final PrintWriter out;
    private final PrintWriter err;

    BulkRun(JobsClient jobs, boolean dryRun, PrintWriter out, PrintWriter err) {
        this.jobs = jobs;
        this.dryRun = dryRun;
        this.out = out;
        this.err = err;
    }

    ExitCode run(
            JobBulkAction action,
            List<JobName> named,
            @Nullable Boolean savepoint,
            @Nullable JobLabelsPatch labels,
            boolean json) {
        List<JobBulkView.Item> items = new ArrayList<>();
        for (int from = 0; from < named.size(); from += PART) {
            List<JobName> part = named.subList(from, Math.min(named.size(), from + PART));
            NewJobBulk wanted = new NewJobBulk(action, part, null, savepoint, labels);
            items.addAll(jobs.bulk(wanted, dryRun).items());
            if (named.size() > PART) {
                err.println(items.size() + " of " + named.size());
                err.flush();
            }
        }
        if (json) {
            out.println(PrettyJson.of(items));
        } else {
            items.forEach(this::print);
            out.println(summary(items));
        }
        return count(items, JobBulkOutcome.REFUSED) == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    private void print(JobBulkView.Item item) {
        String name = item.workspace() + "." + item.name() + ": ";
        switch (item.outcome()) {
            case DONE -> out.println(name + (dryRun ? "would be done" : "done"));
            case UNCHANGED -> out.println(name + "unchanged");
            case REFUSED -> err.println(name + item.detail());
        }
    }

    private String summary(List<JobBulkView.Item> items) {
        return count(items, JobBulkOutcome.DONE) + (dryRun ? " would be done, " : " done, ")
                + count(items, JobBulkOutcome.UNCHANGED) + " unchanged, "
                + count(items, JobBulkOutcome.REFUSED) + " refused";
    }

    private static long count(List<JobBulkView.Item> items, JobBulkOutcome outcome) {
        return items.stream().filter(item -> item.outcome() == outcome).count();
    }
}
