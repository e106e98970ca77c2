package io.millrace.server.job;

import io.millrace.api.job.JobBulkAction;
import io.millrace.api.job.JobBulkOutcome;
import io.millrace.api.job.JobBulkView;
import io.millrace.api.job.NewJobBulk;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.core.job.JobFilter;
import io.millrace.server.workspace.WorkspaceService;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

/** Translates actions on many jobs. */
final class BulkViews {
    private BulkViews() {}

    /** Says what is to be done, and to which jobs in one of the two ways. */
    static NewJobBulk checked(@Nullable NewJobBulk wanted) {
        if (wanted == null || wanted.action() == null) {
            throw invalid("/action", "Say what is to be done: START, STOP, DELETE, RESTORE or LABEL.");
        }
        if ((wanted.jobs() == null) == (wanted.filter() == null)) {
            throw invalid("/jobs", "Say which jobs: either name them (jobs), or give a filter; {} means all.");
        }
        if (wanted.labels() != null && wanted.action() != JobBulkAction.LABEL) {
            throw invalid("/labels", "Labels are changed by the action LABEL alone.");
        }
        return wanted;
    }

    private static MillraceException invalid(String pointer, String message) {
        return new MillraceException(ErrorCode.REQUEST_INVALID, message, List.of(Flaw.at(pointer, message)));
    }

    static JobBulk.Order order(NewJobBulk wanted, boolean dryRun) {
        boolean savepoint = wanted.savepoint() == null || wanted.savepoint();
        JobBulk.Action action = JobBulk.Action.valueOf(wanted.action().name());
        Optional<JobLabels.Change> change =
                action == JobBulk.Action.LABEL ? Optional.of(LabelViews.change(wanted.labels())) : Optional.empty();
        return new JobBulk.Order(action, savepoint, change, dryRun);
    }

    static JobBulk.Selection selection(NewJobBulk.@Nullable Filter wire) {
        if (wire == null) {
            throw new IllegalArgumentException("checked before");
        }
        JobFilter filter = new JobFilter(
                JobViews.states(wire.observed() == null ? List.of() : wire.observed()),
                Optional.ofNullable(wire.q()),
                JobFilter.JobOrder.NAME,
                0,
                JobBulk.MOST + 1);
        return new JobBulk.Selection(
                filter,
                wire.tags() == null ? List.of() : wire.tags(),
                LabelViews.owner(wire.owner()),
                Optional.ofNullable(wire.workspace()).map(WorkspaceService::known));
    }

    static List<JobBulk.Named> named(List<NewJobBulk.JobName> jobs) {
        return jobs.stream()
                .map(job -> {
                    if (job == null || job.workspace() == null || job.name() == null) {
                        throw invalid("/jobs", "A job is named by its workspace and its name.");
                    }
                    return new JobBulk.Named(job.workspace(), job.name(), Optional.empty());
                })
                .toList();
    }

    static JobBulkView of(List<JobBulk.Outcome> outcomes) {
        List<JobBulkView.Item> items = outcomes.stream().map(BulkViews::of).toList();
        return new JobBulkView(
                items,
                count(items, JobBulkOutcome.DONE),
                count(items, JobBulkOutcome.UNCHANGED),
                count(items, JobBulkOutcome.REFUSED));
    }

    private static int count(List<JobBulkView.Item> items, JobBulkOutcome outcome) {
        return (int) items.stream().filter(item -> item.outcome() == outcome).count();
    }

    private static JobBulkView.Item of(JobBulk.Outcome outcome) {
        JobBulkOutcome kind = outcome.refusal().isPresent()
                ? JobBulkOutcome.REFUSED
                : outcome.changed() ? JobBulkOutcome.DONE : JobBulkOutcome.UNCHANGED;
        return new JobBulkView.Item(
                outcome.job().workspace(),
                outcome.job().name(),
                kind,
                outcome.refusal().map(why -> why.code().name()).orElse(null),
                outcome.refusal().map(MillraceException::getMessage).orElse(null));
    }
}
