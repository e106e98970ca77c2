package io.millrace.server.git;

import io.millrace.api.connection.SecretView;
import io.millrace.api.git.GitBindingView;
import io.millrace.api.git.GitBindingWrite;
import io.millrace.api.git.GitBoundJobView;
import io.millrace.api.git.GitCommitView;
import io.millrace.api.git.GitJobChange;
import io.millrace.api.git.GitJobView;
import io.millrace.api.git.GitProblemView;
import io.millrace.api.git.GitPullState;
import io.millrace.api.git.GitPullView;
import io.millrace.core.connection.SecretInput;
import io.millrace.core.connection.SecretOrigin;
import io.millrace.core.connection.StoredSecret;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.core.git.GitAddress;
import io.millrace.core.git.GitSource;
import io.millrace.core.git.Pull;
import io.millrace.core.git.PullProblem;
import io.millrace.core.git.PulledJob;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Wire to domain and back. */
final class GitViews {
    private static final String BRANCH = "main";

    private GitViews() {}

    static GitSource source(@Nullable GitBindingWrite wire) {
        if (wire == null || wire.url() == null) {
            throw invalid("/url", "Say where the repository is.", "https://host/path.git");
        }
        return new GitSource(
                GitAddress.parse(wire.url()),
                wire.branch() == null ? BRANCH : wire.branch(),
                wire.folder() == null ? "" : wire.folder(),
                interval(wire.interval()),
                Optional.ofNullable(wire.userName()),
                Optional.ofNullable(wire.hostKey()).map(String::strip),
                Optional.ofNullable(wire.caCertificate()));
    }

    private static Optional<Duration> interval(@Nullable String text) {
        try {
            return Optional.ofNullable(text).map(Duration::parse);
        } catch (DateTimeParseException e) {
            throw invalid("/interval", "'" + text + "' is no ISO 8601 duration.", "Write PT5M, say.");
        }
    }

    /** Those that count for the source; others are refused. */
    static Map<String, SecretInput> secrets(GitBindingWrite wire, GitSource source) {
        Map<String, SecretInput> all = new TreeMap<>();
        Map<String, Object> given = wire.secrets() == null ? Map.of() : wire.secrets();
        given.forEach((field, value) -> {
            String pointer = "/secrets/" + field.replace("~", "~0").replace("/", "~1");
            if (!source.secrets().contains(field)) {
                String expected = source.secrets().isEmpty() ? "none" : String.join(", ", source.secrets());
                throw invalid(pointer, "This secret is of no use for the URL.", "It takes: " + expected + ".");
            }
            SecretInput secret = secret(pointer, value);
            secret.flaw(field.equals(GitSource.KEY)).ifPresent(flaw -> {
                throw invalid(pointer, "The secret '" + field + "' " + flaw + ".", null);
            });
            all.put(field, secret);
        });
        return all;
    }

    /** A text that looks like a reference is a value: only the form with one field is a reference. */
    private static SecretInput secret(String pointer, @Nullable Object value) {
        if (value instanceof String text) {
            return new SecretInput(SecretOrigin.VALUE, text);
        }
        if (value instanceof Map<?, ?> map && map.size() == 1 && map.get("env") instanceof String variable) {
            return new SecretInput(SecretOrigin.ENV, variable);
        }
        if (value instanceof Map<?, ?> map && map.size() == 1 && map.get("file") instanceof String file) {
            return new SecretInput(SecretOrigin.FILE, file);
        }
        throw invalid(
                pointer,
                "A secret is a text or a reference.",
                "Write the secret itself, {\"env\": \"MILLRACE_SECRET_NAME\"} or {\"file\": \"name\"}.");
    }

    private static MillraceException invalid(String pointer, String message, @Nullable String hint) {
        Flaw flaw = hint == null ? Flaw.at(pointer, message) : Flaw.at(pointer, message, hint);
        return new MillraceException(ErrorCode.GIT_INVALID, message, List.of(flaw));
    }

    /** What went wrong and what to do about it, for the history. */
    static String sentence(MillraceException failure) {
        String hints =
                failure.flaws().stream().flatMap(flaw -> flaw.hint().stream()).collect(Collectors.joining(" "));
        return failure.getMessage() + (hints.isEmpty() ? "" : " " + hints);
    }

    /** The field that it is about. */
    static Optional<String> field(MillraceException failure) {
        return failure.flaws().stream().findFirst().map(Flaw::pointer);
    }

    static GitBindingView of(GitService.Shown shown) {
        GitSource source = shown.binding().source();
        Map<String, SecretView> secrets = new TreeMap<>();
        shown.binding().secrets().forEach((field, secret) -> secrets.put(field, of(secret)));
        String pulled = shown.binding().pulledCommit();
        return new GitBindingView(
                source.address().toString(),
                source.branch(),
                source.folder(),
                source.interval().map(Duration::toString).orElse(null),
                source.userName().orElse(null),
                source.hostKey().orElse(null),
                source.caCertificate().orElse(null),
                secrets,
                shown.binding().actsAs().name(),
                shown.binding().version(),
                shown.binding().setAt(),
                pulled.isEmpty() ? null : pulled,
                shown.jobs().stream()
                        .map(each -> new GitBoundJobView(each.name(), each.file(), each.commit(), each.version()))
                        .toList(),
                shown.lastPull().map(GitViews::of).orElse(null));
    }

    private static SecretView of(StoredSecret secret) {
        String name = secret.origin() == SecretOrigin.VALUE ? null : secret.content();
        return new SecretView(secret.origin().name(), name, secret.keyId().orElse(null));
    }

    static GitPullView of(Pull pull) {
        return new GitPullView(
                pull.number(),
                pull.by().orElse(null),
                pull.dryRun(),
                GitPullState.valueOf(pull.state().name()),
                pull.commit()
                        .map(commit -> new GitCommitView(commit.id(), commit.author(), commit.message()))
                        .orElse(null),
                pull.outcome().code().map(Enum::name).orElse(null),
                pull.outcome().field().orElse(null),
                pull.outcome().reason(),
                problems(pull.outcome()),
                jobs(pull.outcome()),
                pull.startedAt(),
                pull.endedAt().orElse(null));
    }

    static List<GitProblemView> problems(Pull.Outcome outcome) {
        return outcome.problems().stream()
                .map(each -> new GitProblemView(
                        each.file(),
                        each.line() == 0 ? null : each.line(),
                        each.column() == 0 ? null : each.column(),
                        each.message(),
                        each.hint().orElse(null)))
                .toList();
    }

    static PullProblem problem(GitProblemView view) {
        return new PullProblem(
                view.file(),
                view.line() == null ? 0 : view.line(),
                view.column() == null ? 0 : view.column(),
                view.message(),
                Optional.ofNullable(view.hint()));
    }

    static List<GitJobView> jobs(Pull.Outcome outcome) {
        return outcome.jobs().stream()
                .map(each -> new GitJobView(
                        each.name(),
                        each.file(),
                        GitJobChange.valueOf(each.fate().name()),
                        each.version(),
                        each.diff(),
                        each.note()))
                .toList();
    }

    static PulledJob job(GitJobView view) {
        return new PulledJob(
                view.name(),
                view.file(),
                PulledJob.Fate.valueOf(view.change().name()),
                view.version(),
                view.diff(),
                view.note());
    }
}
