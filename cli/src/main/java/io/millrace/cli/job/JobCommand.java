package io.millrace.cli.job;

import io.millrace.cli.console.HelpfulCommand;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The group of commands about jobs. */
@Command(
        name = "job",
        header = "Work with jobs: named SQL that Millrace keeps running.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "A job file is SQL below a front matter of settings:",
            "  ---",
            "  name: page-views-per-minute",
            "  checkpoint: 30 s",
            "  ---",
            "  INSERT INTO postgres.traffic.page_views_1m SELECT ...",
            "",
            "Example: millrace job apply -f page-views.sql --start --wait"
        })
public final class JobCommand extends HelpfulCommand {
    private JobCommand() {}

    /** The group with its commands. */
    public static CommandLine commandLine(Surroundings surroundings) {
        return new CommandLine(new JobCommand())
                .addSubcommand(new JobApply(surroundings))
                .addSubcommand(new JobList(surroundings))
                .addSubcommand(new JobShow(surroundings))
                .addSubcommand(new JobStart(surroundings))
                .addSubcommand(new JobStop(surroundings))
                .addSubcommand(new JobDeploy(surroundings))
                .addSubcommand(new JobRollback(surroundings))
                .addSubcommand(new JobHistory(surroundings))
                .addSubcommand(new JobWatch(surroundings))
                .addSubcommand(new JobWhy(surroundings))
                .addSubcommand(new JobBundle(surroundings))
                .addSubcommand(new JobLogs(surroundings))
                .addSubcommand(new JobCompare(surroundings))
                .addSubcommand(new JobAlter(surroundings))
                .addSubcommand(new JobTags(surroundings))
                .addSubcommand(new JobDelete(surroundings))
                .addSubcommand(new JobRestore(surroundings))
                .addSubcommand(new JobPurge(surroundings));
    }
}
