package io.millrace.server.job;

import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.core.job.JobFilter;
import io.millrace.core.job.JobId;
import io.millrace.core.job.JobPath;
import io.millrace.core.job.ListedJob;
import io.millrace.core.job.Owner;
import io.millrace.core.job.StartFrom;
import io.millrace.core.workspace.WorkspaceName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** One action on many jobs. Each is decided and written by itself, and none that is refused keeps another one. */
final class JobBulk {
    static final int MOST = 1000;
    private static final Logger LOG = LoggerFactory.getLogger(JobBulk.class);
    private static final JobStarts.Start START = new JobStarts.Start(Optional.empty(), StartFrom.LATEST);

    private final JobService jobs;
    private final JobBinService bin;
    private final JobLabels labels;

    JobBulk(JobService jobs, JobBinService bin, JobLabels labels) {
        this.jobs = jobs;
        this.bin = bin;
        this.labels = labels;
    }

    enum Action {
        START,
        STOP,
        DELETE,
        RESTORE,
        LABEL
    }

    /**
     * What is to be done.
     *
     * @param savepoint when stopping: whether to take one first
     * @param change when labelling
     */
    record Order(Action action, boolean savepoint, Optional<JobLabels.Change> change, boolean dryRun) {}

    /** Which jobs a filter means: those in the bin when they are to be restored. */
    record Selection(JobFilter filter, List<String> tags, Optional<Owner> owner, Optional<WorkspaceName> where) {}

    /**
     * A job that is named.
     *
     * @param id which one of several deleted ones of the name; empty for the one that was deleted last
     */
    record Named(String workspace, String name, Optional<JobId> id) {}

    /** What became of a job, or would: {@code refusal} is there when it is refused. */
    record Outcome(Named job, boolean changed, Optional<MillraceException> refusal) {}

    List<Outcome> run(Order order, Selection selection) {
        boolean restore = order.action() == Action.RESTORE;
        JobFilter filter = restore ? selection.filter().inBin() : selection.filter();
        List<Named> found = labels.list(filter, selection.tags(), selection.owner(), selection.where()).stream()
                .map(listed -> named(listed, restore))
                .toList();
        if (found.size() > MOST) {
            throw tooMany("/filter", "Narrow the filter.");
        }
        return run(order, found);
    }

    private static Named named(ListedJob listed, boolean byId) {
        return new Named(
                listed.job().workspace().name().value(),
                listed.job().name().value(),
                byId ? Optional.of(listed.job().id()) : Optional.empty());
    }

    List<Outcome> run(Order order, List<Named> named) {
        if (named.size() > MOST) {
            throw tooMany("/jobs", "Ask in several calls.");
        }
        Set<JobPath> restored = new HashSet<>();
        return new LinkedHashSet<>(named)
                .stream().map(each -> one(order, each, restored)).toList();
    }

    private static MillraceException tooMany(String field, String hint) {
        String message = "A call acts on at most " + MOST + " jobs; these are more. " + hint;
        return new MillraceException(ErrorCode.REQUEST_INVALID, message, List.of(Flaw.at(field, "too many", hint)));
    }

    /** {@code restored} is what a dry run would have brought back before. */
    private Outcome one(Order order, Named named, Set<JobPath> restored) {
        try {
            return new Outcome(named, changes(order, named, restored), Optional.empty());
        } catch (MillraceException e) {
            return new Outcome(named, false, Optional.of(e));
        } catch (RuntimeException e) {
            LOG.error("{} of job {}.{} failed", order.action(), named.workspace(), named.name(), e);
            var failure = new MillraceException(
                    ErrorCode.INTERNAL_ERROR, "Something went wrong inside Millrace; the server's log has it.");
            return new Outcome(named, false, Optional.of(failure));
        }
    }

    private boolean changes(Order order, Named named, Set<JobPath> restored) {
        JobPath path = JobService.known(named.workspace(), named.name());
        boolean dry = order.dryRun();
        return switch (order.action()) {
            case START ->
                dry ? jobs.wouldStart(path, START) : changed(path, () -> jobs.start(path, Optional.empty(), START));
            case STOP ->
                dry
                        ? jobs.wouldStop(path, order.savepoint())
                        : changed(path, () -> jobs.stop(path, Optional.empty(), order.savepoint()));
            case DELETE -> bin.delete(path, Optional.empty(), dry);
            case RESTORE -> {
                String id = named.id().orElseGet(() -> jobs.lastDeleted(path)).toString();
                boolean done = bin.restores(id, dry);
                if (dry && !restored.add(path)) {
                    throw JobBinService.taken(path);
                }
                yield done;
            }
            case LABEL -> labels.changes(path, order.change().orElseThrow(), dry);
        };
    }

    private boolean changed(JobPath path, Supplier<ListedJob> act) {
        long before = jobs.get(path).job().generation();
        return act.get().job().generation() != before;
    }
}
