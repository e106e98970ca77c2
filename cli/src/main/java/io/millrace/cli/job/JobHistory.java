package io.millrace.cli.job;

import io.millrace.api.Page;
import io.millrace.api.client.JobsClient;
import io.millrace.api.client.MillraceClient;
import io.millrace.api.job.JobEventView;
import io.millrace.api.job.JobVersionView;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.OutputOption;
import io.millrace.cli.console.PrettyJson;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import io.millrace.cli.console.TextTable;
import io.millrace.cli.console.TextTable.Column;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

@Command(
        name = "history",
        header = "Show what happened to a job, newest first.",
        footer = {"", "Example: millrace job history page-views --limit 20"})
final class JobHistory extends ServerCommand {
    private static final int LARGEST_PAGE = 1000;
    private static final int DIGEST = "sha256:".length() + 12;

    private static final List<Column> EVENTS = List.of(
            Column.left("at"),
            Column.left("event"),
            Column.left("from"),
            Column.left("to"),
            Column.right("attempt"),
            Column.left("by"),
            Column.left("reason"));
    private static final List<Column> VERSIONS = List.of(
            Column.right("version"),
            Column.left("created"),
            Column.left("by"),
            Column.left("message"),
            Column.left("description"),
            Column.left("artifacts"));

    @Parameters(paramLabel = "NAME", description = "The job.")
    private String name = "";

    @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "Most events to show. Default: 50.")
    private int limit;

    @Option(names = "--versions", description = "Show the job's versions instead.")
    private boolean versions;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final WorkspaceOption workspace;

    JobHistory(Surroundings surroundings) {
        super(surroundings);
        this.workspace = new WorkspaceOption(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        if (versions) {
            List<JobVersionView> all = workspace.jobs(client).versions(name);
            show(all, VERSIONS, all.stream().map(JobHistory::row).toList());
        } else {
            List<JobEventView> newest = newest(workspace.jobs(client));
            show(newest, EVENTS, newest.stream().map(JobHistory::row).toList());
        }
        return ExitCode.OK;
    }

    private List<JobEventView> newest(JobsClient jobs) {
        List<JobEventView> events = new ArrayList<>();
        String token = null;
        do {
            int wanted = Math.min(LARGEST_PAGE, limit - events.size());
            if (wanted <= 0) {
                break;
            }
            Page<JobEventView> page = jobs.events(name, wanted, token);
            events.addAll(page.items());
            token = page.nextPageToken();
        } while (token != null);
        return events;
    }

    private void show(List<?> values, List<Column> columns, List<List<String>> rows) {
        if (output.json()) {
            out().println(PrettyJson.of(values));
        } else {
            TextTable.lines(columns, rows, surroundings().screen().tableLimit()).forEach(out()::println);
        }
    }

    private static List<String> row(JobEventView event) {
        return List.of(
                event.at().toString(),
                event.kind(),
                event.from() == null ? "" : event.from().name(),
                event.to() == null ? "" : event.to().name(),
                event.attempt() == null ? "" : event.attempt().toString(),
                event.actor() == null ? "" : event.actor(),
                event.reason());
    }

    private static List<String> row(JobVersionView version) {
        String description = version.spec().description();
        return List.of(
                Long.toString(version.version()),
                version.createdAt().toString(),
                version.author(),
                version.message(),
                description == null ? "" : description,
                version.artifacts().stream()
                        .map(code -> code.function() + " " + shortened(code.digest()))
                        .collect(Collectors.joining(", ")));
    }

    /** Enough to tell one from another; the JSON has all of it. */
    private static String shortened(String digest) {
        return digest.substring(0, Math.min(digest.length(), DIGEST));
    }
}
