package io.millrace.server.git;

import io.millrace.api.job.JobWrite;
import io.millrace.api.jobfile.InvalidFilesException;
import io.millrace.api.jobfile.JobFile;
import io.millrace.api.jobfile.JobFiles;
import io.millrace.api.jobfile.SourceProblem;
import io.millrace.core.error.Kind;
import io.millrace.core.error.MillraceException;
import io.millrace.core.git.GitBinding;
import io.millrace.core.git.PullProblem;
import io.millrace.core.git.PulledJob;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobId;
import io.millrace.core.job.JobName;
import io.millrace.core.job.JobVersion;
import io.millrace.core.job.ListedJob;
import io.millrace.server.http.Problems;
import io.millrace.server.job.JobBatch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a commit would do to the jobs of a workspace, and everything that speaks against it. Writes nothing. */
final class PullPlan {
    /** That are told; there is no use in looking for more. */
    static final int MOST_PROBLEMS = 200;

    /** Characters of differences that are shown of one plan. */
    private static final int MOST_SHOWN = 500_000;

    private final GitBinding binding;
    private final JobBatch batch;
    private final Map<JobId, SqlGitStore.Bound> bound;
    private final boolean takeOver;
    private final List<Entry> entries = new ArrayList<>();
    private final List<PullProblem> problems = new ArrayList<>();

    /** {@code takeOver} lets jobs that others made get another content. */
    PullPlan(GitBinding binding, JobBatch batch, List<SqlGitStore.Bound> bound, boolean takeOver) {
        this.binding = binding;
        this.batch = batch;
        this.bound = bound.stream().collect(Collectors.toMap(SqlGitStore.Bound::job, each -> each));
        this.takeOver = takeOver;
    }

    /** A job of the commit. */
    record Entry(JobFile file, JobBatch.Planned planned, String note) {}

    /** {@code step} is called before each file is looked at, which takes a moment. */
    PullPlan of(GitFiles files, Runnable step) {
        problems.addAll(files.problems());
        List<JobFile> read = List.of();
        try {
            read = JobFiles.read(files.files()).jobs();
        } catch (InvalidFilesException e) {
            e.problems().forEach(each -> problems.add(problem(each)));
        }
        if (read.isEmpty() && problems.isEmpty()) {
            String where =
                    binding.source().folder().isEmpty() ? "." : binding.source().folder();
            problems.add(new PullProblem(
                    where,
                    0,
                    0,
                    "there is no job file (*.sql with a front matter) in it",
                    Optional.of("if its jobs are to go, remove the binding and delete them")));
        }
        for (JobFile file : read) {
            if (problems.size() >= MOST_PROBLEMS) {
                break;
            }
            step.run();
            plan(file, files.commit().versionMessage());
        }
        return this;
    }

    List<PullProblem> problems() {
        return problems;
    }

    List<Entry> entries() {
        return entries;
    }

    boolean changesNothing() {
        return entries.stream().allMatch(each -> each.planned.unchanged() && isBound(each.planned)) && left().isEmpty();
    }

    /** Everything, by name of file; then what is left alone. */
    List<PulledJob> jobs(boolean diffs) {
        List<PulledJob> jobs = new ArrayList<>();
        int room = MOST_SHOWN;
        for (Entry each : entries) {
            String diff = each.planned.diff();
            String shown = diff.length() <= room ? diff : "It is too long to be shown here.";
            room = Math.max(0, room - diff.length());
            Optional<ListedJob> existing = each.planned.existing();
            jobs.add(new PulledJob(
                    each.file.name(),
                    each.file.file(),
                    each.planned.unchanged()
                            ? PulledJob.Fate.UNCHANGED
                            : existing.isPresent() ? PulledJob.Fate.UPDATED : PulledJob.Fate.CREATED,
                    existing.map(listed -> listed.job().version()).orElse(0L),
                    diffs ? shown : "",
                    each.note));
        }
        left().forEach(each -> jobs.add(new PulledJob(
                each.name(),
                each.file(),
                PulledJob.Fate.LEFT,
                each.version(),
                "",
                "The file is gone; the job stays as it is, and is not Git's any more.")));
        return jobs;
    }

    private List<SqlGitStore.Bound> left() {
        Set<JobId> named = new HashSet<>();
        entries.forEach(each -> each.planned
                .existing()
                .ifPresent(listed -> named.add(listed.job().id())));
        return bound.values().stream()
                .filter(each -> !named.contains(each.job()))
                .sorted(Comparator.comparing(SqlGitStore.Bound::name))
                .toList();
    }

    private boolean isBound(JobBatch.Planned planned) {
        return planned.existing()
                .map(listed -> bound.containsKey(listed.job().id()))
                .orElse(false);
    }

    private void plan(JobFile file, String message) {
        try {
            JobBatch.Planned planned =
                    batch.plan(binding.workspace(), new JobName(file.name()), JobWrite.of(file.spec(), message));
            entries.add(new Entry(file, planned, note(file, planned)));
        } catch (MillraceException e) {
            if (e.code().kind() == Kind.UNAVAILABLE || e.code().kind() == Kind.BUG) {
                throw e;
            }
            file.locate(Problems.of(e, null, null)).forEach(each -> problems.add(problem(each)));
        }
    }

    /** What people should know of a job that somebody else wrote, too. */
    private String note(JobFile file, JobBatch.Planned planned) {
        Optional<ListedJob> existing = planned.existing();
        if (existing.isEmpty()) {
            return planned.notice().orElse("");
        }
        JobId id = existing.get().job().id();
        JobVersion newest = batch.newest(id).orElseThrow();
        SqlGitStore.Bound before = bound.get(id);
        String who = "version " + newest.version() + " by " + newest.author().name();
        if (before == null && !planned.unchanged() && !takeOver) {
            SourceProblem problem = file.at(
                    "name",
                    "the job '" + file.name() + "' did not come from this repository, and its " + who + " differs",
                    "give the file another name:, or pull with takeOver (--take-over) to replace its content");
            problems.add(problem(problem));
        }
        if (before == null) {
            return planned.unchanged() ? "Is Git's from now on." : "Takes over from " + who + ".";
        }
        return newest.version() != before.version() && !planned.unchanged()
                ? "Replaces " + who + ", which did not come from Git."
                : "";
    }

    private static PullProblem problem(SourceProblem from) {
        return new PullProblem(
                from.file(), from.line(), from.column(), from.message(), Optional.ofNullable(from.hint()));
    }

    /** The jobs as they are when everything is written; {@code versions} in the order of {@link #entries}. */
    List<SqlGitStore.Bound> bound(List<Job> written, String commit) {
        Map<String, Entry> byName = new HashMap<>();
        entries.forEach(each -> byName.put(each.file.name(), each));
        return written.stream()
                .map(job -> new SqlGitStore.Bound(
                        job.id(),
                        job.name().value(),
                        byName.get(job.name().value()).file.file(),
                        commit,
                        job.version()))
                .toList();
    }
}
