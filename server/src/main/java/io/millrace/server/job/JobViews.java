package io.millrace.server.job;

import io.millrace.api.Page;
import io.millrace.api.job.AppliedJob;
import io.millrace.api.job.CompatibilityView;
import io.millrace.api.job.DeploymentPhase;
import io.millrace.api.job.DeploymentView;
import io.millrace.api.job.FailureView;
import io.millrace.api.job.JobArtifact;
import io.millrace.api.job.JobAttemptView;
import io.millrace.api.job.JobChange;
import io.millrace.api.job.JobEventView;
import io.millrace.api.job.JobPatch;
import io.millrace.api.job.JobVersionView;
import io.millrace.api.job.JobView;
import io.millrace.api.job.JobWrite;
import io.millrace.api.job.OperatorFate;
import io.millrace.api.job.StateFate;
import io.millrace.api.job.StateVerdict;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.core.job.Attempt;
import io.millrace.core.job.CheckpointScheduler;
import io.millrace.core.job.Deployment;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobEvent;
import io.millrace.core.job.JobFilter;
import io.millrace.core.job.JobMode;
import io.millrace.core.job.JobSpec;
import io.millrace.core.job.JobVersion;
import io.millrace.core.job.ListedAttempt;
import io.millrace.core.job.ListedJob;
import io.millrace.core.job.ObservedState;
import io.millrace.core.job.Owner;
import io.millrace.core.job.StartFrom;
import io.millrace.core.job.Tag;
import io.millrace.core.sql.ScriptObject;
import io.millrace.core.target.TargetName;
import io.millrace.server.http.PageRequest;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Wire to domain and back; fills in what a job file leaves out. */
final class JobViews {
    private static final int LONGEST_DESCRIPTION = 10_000;

    private JobViews() {}

    static JobService.Content content(@Nullable JobWrite wire) {
        JobSpec spec = spec(wire == null ? null : wire.spec());
        String message =
                wire == null || wire.message() == null ? "" : wire.message().strip();
        return new JobService.Content(spec, message);
    }

    private static JobSpec spec(io.millrace.api.job.@Nullable JobSpec wire) {
        if (wire == null || wire.script() == null) {
            throw invalid("/script", "A job needs a script.");
        }
        String description = wire.description() == null ? "" : wire.description();
        if (description.length() > LONGEST_DESCRIPTION) {
            throw invalid(
                    "/description",
                    "A description has at most 10,000 characters; this one has " + description.length() + ".");
        }
        JobMode mode = wire.mode() == null
                ? JobMode.STREAMING
                : JobMode.valueOf(wire.mode().name());
        return new JobSpec(
                wire.script(),
                mode,
                wire.target() == null ? TargetName.LOCAL : new TargetName(wire.target()),
                wire.parallelism() == null ? 1 : wire.parallelism(),
                checkpoint(wire.checkpoint(), mode),
                wire.checkpointScheduler() == null
                        ? CheckpointScheduler.FLINK
                        : CheckpointScheduler.valueOf(wire.checkpointScheduler().name()),
                Optional.of(description).filter(text -> !text.isBlank()),
                wire.settings() == null ? Map.of() : wire.settings());
    }

    private static Optional<Duration> checkpoint(@Nullable String text, JobMode mode) {
        if (text == null) {
            return mode == JobMode.BATCH ? Optional.empty() : Optional.of(JobSpec.DEFAULT_CHECKPOINT);
        }
        try {
            return Optional.of(Duration.parse(text));
        } catch (DateTimeParseException e) {
            throw invalid("/checkpoint", "'" + text + "' is no ISO 8601 duration such as PT30S.");
        }
    }

    private static MillraceException invalid(String pointer, String message) {
        return new MillraceException(ErrorCode.JOB_INVALID, message, List.of(Flaw.at(pointer, message)));
    }

    static JobFilter.JobOrder order(@Nullable String sort) {
        return switch (sort == null ? "name" : sort) {
            case "name" -> JobFilter.JobOrder.NAME;
            case "-name" -> JobFilter.JobOrder.NAME_DOWN;
            case "observed" -> JobFilter.JobOrder.OBSERVED;
            case "-observed" -> JobFilter.JobOrder.OBSERVED_DOWN;
            case "changedAt" -> JobFilter.JobOrder.CHANGED;
            case "-changedAt" -> JobFilter.JobOrder.CHANGED_DOWN;
            default ->
                throw new MillraceException(
                        ErrorCode.REQUEST_INVALID,
                        "Jobs can be sorted by name, observed or changedAt, each with a minus before it; not by '"
                                + sort + "'.",
                        List.of(Flaw.at("/sort", "not an order")));
        };
    }

    static Set<ObservedState> states(List<io.millrace.api.job.ObservedState> wire) {
        return wire.stream().map(state -> ObservedState.valueOf(state.name())).collect(Collectors.toSet());
    }

    static AppliedJob of(JobService.Applied applied) {
        return new AppliedJob(
                JobChange.valueOf(applied.change().name()),
                applied.diff(),
                applied.job().map(JobViews::of).orElse(null),
                applied.compared().map(JobViews::of).orElse(null),
                applied.notice().orElse(null));
    }

    static CompatibilityView of(JobService.Compared compared) {
        return new CompatibilityView(
                compared.from(),
                compared.to(),
                StateVerdict.valueOf(compared.result().verdict().name()),
                compared.result().reason(),
                compared.result().findings().stream()
                        .map(each -> new OperatorFate(
                                each.role(),
                                each.operator(),
                                StateFate.valueOf(each.fate().name()),
                                each.reason()))
                        .toList());
    }

    static JobStarts.Start start(JobPatch patch) {
        boolean empty = patch.empty() != null && patch.empty();
        if (empty && patch.snapshot() != null) {
            throw new MillraceException(
                    ErrorCode.REQUEST_INVALID,
                    "A job begins with empty state or with a snapshot, not with both.",
                    List.of(Flaw.at("/snapshot", "not together with empty")));
        }
        StartFrom from = empty
                ? StartFrom.EMPTY
                : patch.snapshot() == null ? StartFrom.LATEST : StartFrom.snapshot(patch.snapshot());
        boolean partial = patch.allowNonRestoredState() != null && patch.allowNonRestoredState();
        return new JobStarts.Start(Optional.ofNullable(patch.version()), partial ? from.dropping() : from);
    }

    private static @Nullable DeploymentView of(Optional<Deployment> deployment) {
        return deployment
                .map(of -> new DeploymentView(
                        of.from(),
                        of.to(),
                        DeploymentPhase.valueOf(of.phase().name()),
                        of.outcome(),
                        of.createdAt(),
                        of.changedAt()))
                .orElse(null);
    }

    static JobView of(ListedJob listed) {
        Job job = listed.job();
        Optional<Attempt> live = listed.attempt().filter(Attempt::live);
        return new JobView(
                job.workspace().name().value(),
                job.name().value(),
                job.labels().tags().stream().map(Tag::value).toList(),
                job.labels().owner().map(Owner::toString).orElse(null),
                io.millrace.api.job.DesiredState.valueOf(job.desired().name()),
                state(job.observed()),
                job.observation().seenAt(),
                job.observation().unknownSince().orElse(null),
                job.observation().reason(),
                job.version(),
                live.map(Attempt::version).orElse(null),
                listed.attempt().map(attempt -> attempt.flinkJobId().value()).orElse(null),
                listed.attempt().map(Attempt::number).orElse(0),
                job.restorePath().orElse(null),
                of(listed.deployment()),
                of(listed.newest()),
                job.createdAt(),
                job.changedAt(),
                job.generation());
    }

    static JobAttemptView of(ListedAttempt listed) {
        return of(listed, Optional.empty());
    }

    static JobAttemptView of(ListedAttempt listed, Optional<String> exception) {
        Attempt attempt = listed.attempt();
        return new JobAttemptView(
                attempt.number(),
                attempt.state().name(),
                attempt.flinkJobId().value(),
                attempt.version(),
                attempt.restorePath().orElse(null),
                attempt.sent().map(Attempt.Sent::first).orElse(null),
                attempt.runningSince().orElse(null),
                attempt.end().map(Attempt.End::at).orElse(null),
                attempt.end().map(end -> end.cause().name()).orElse(null),
                attempt.end().map(Attempt.End::evidence).orElse(null),
                listed.failure()
                        .map(why -> new FailureView(
                                why.kind().name(), why.cause(), why.kind().remedy(), why.at(), exception.orElse(null)))
                        .orElse(null));
    }

    static <T, V> Page<V> page(PageRequest request, List<T> items, Function<T, Number> key, Function<T, V> view) {
        Page<T> page = request.page(items, item -> String.valueOf(key.apply(item)));
        return new Page<>(page.items().stream().map(view).toList(), page.nextPageToken());
    }

    private static io.millrace.api.job.ObservedState state(ObservedState state) {
        return io.millrace.api.job.ObservedState.valueOf(state.name());
    }

    private static io.millrace.api.job.JobSpec of(JobSpec spec) {
        return new io.millrace.api.job.JobSpec(
                spec.script(),
                io.millrace.api.job.JobMode.valueOf(spec.mode().name()),
                spec.target().value(),
                spec.parallelism(),
                spec.checkpoint().map(Duration::toString).orElse(null),
                spec.checkpoint().isEmpty()
                        ? null
                        : io.millrace.api.job.CheckpointScheduler.valueOf(
                                spec.scheduler().name()),
                spec.description().orElse(null),
                spec.settings());
    }

    static JobVersionView of(JobVersion version) {
        return new JobVersionView(
                version.version(),
                of(version.spec()),
                version.author().name(),
                version.message(),
                version.createdAt(),
                version.objects().orElse(List.of()).stream()
                        .flatMap(JobViews::artifact)
                        .toList());
    }

    private static Stream<JobArtifact> artifact(ScriptObject object) {
        String digest = object.artifact();
        return digest == null ? Stream.empty() : Stream.of(new JobArtifact(String.join(".", object.path()), digest));
    }

    static JobEventView of(JobEvent event) {
        return new JobEventView(
                event.id(),
                event.at(),
                event.kind().name(),
                event.from().map(JobViews::state).orElse(null),
                event.to().map(JobViews::state).orElse(null),
                event.attempt().orElse(null),
                event.reason(),
                event.actor().isEmpty() ? null : event.actor());
    }
}
