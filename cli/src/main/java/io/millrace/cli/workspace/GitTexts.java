package io.millrace.cli.workspace;

import io.millrace.api.git.GitBindingView;
import io.millrace.api.git.GitCommitView;
import io.millrace.api.git.GitJobChange;
import io.millrace.api.git.GitJobView;
import io.millrace.api.git.GitPullView;
import io.millrace.api.jobfile.SourceProblem;
import io.millrace.cli.console.DisplayText;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is said about bindings and pulls to people. */
final class GitTexts {
    private static final int SHORT = 10;

    private GitTexts() {}

    static List<String> describe(GitBindingView binding) {
        List<String> lines = new ArrayList<>();
        line(lines, "url", binding.url());
        line(lines, "branch", binding.branch());
        line(lines, "folder", binding.folder().isEmpty() ? "." : binding.folder());
        line(lines, "interval", binding.interval() == null ? "only when asked" : binding.interval());
        line(lines, "user name", binding.userName());
        line(lines, "host key", binding.hostKey());
        binding.secrets()
                .forEach((name, secret) -> line(
                        lines,
                        "secret",
                        name + (secret.name() == null ? "" : " (" + secret.origin() + " " + secret.name() + ")")));
        line(lines, "acts as", binding.actsAs());
        line(lines, "set", binding.setAt());
        line(lines, "commit", binding.pulledCommit() == null ? "none was pulled yet" : binding.pulledCommit());
        binding.jobs()
                .forEach(job -> line(lines, "job", job.name() + " (version " + job.version() + ") " + job.file()));
        if (binding.lastPull() != null) {
            line(lines, "last pull", outcome(binding.lastPull()));
            problems(binding.lastPull()).forEach(problem -> lines.add("  " + problem));
        }
        return lines;
    }

    private static void line(List<String> lines, String key, @Nullable Object value) {
        if (value != null) {
            lines.add(String.format("%-10s %s", key, DisplayText.visible(value.toString())));
        }
    }

    /** One line for each job, with the difference that a dry run found below it. */
    static List<String> jobs(GitPullView pull) {
        List<String> lines = new ArrayList<>();
        for (GitJobView job : pull.jobs()) {
            String done = job.change().name().toLowerCase(Locale.ROOT);
            boolean future =
                    pull.dryRun() && job.change() != GitJobChange.UNCHANGED && job.change() != GitJobChange.LEFT;
            String version = pull.dryRun() || job.version() == 0 ? "" : " (version " + job.version() + ")";
            String note = job.note().isEmpty() ? "" : " " + job.note();
            lines.add(job.name() + ": " + (future ? "would be " : "") + done + version + " "
                    + DisplayText.visible(job.file()) + note);
            job.diff().lines().forEach(line -> lines.add("  " + DisplayText.visible(line)));
        }
        return lines;
    }

    /** As compilers say it, so that editors can open the places. */
    static List<String> problems(GitPullView pull) {
        return pull.problems().stream()
                .map(each -> new SourceProblem(
                                each.file(),
                                each.line() == null ? 0 : each.line(),
                                each.column() == null ? 0 : each.column(),
                                each.message(),
                                each.hint())
                        .toString())
                .map(DisplayText::visible)
                .toList();
    }

    static String outcome(GitPullView pull) {
        String commit = pull.commit() == null ? "" : " of commit " + commit(pull.commit());
        String field = pull.field() == null ? "" : ", " + pull.field();
        String code = pull.code() == null ? "" : " (" + pull.code() + field + ")";
        return DisplayText.visible(pull.state() + code + commit + ". " + pull.reason());
    }

    /** Its beginning and the first line of its message. */
    static String commit(GitCommitView commit) {
        String first = commit.message().lines().findFirst().orElse("");
        return commit.id().substring(0, Math.min(SHORT, commit.id().length())) + (first.isEmpty() ? "" : " " + first);
    }
}
