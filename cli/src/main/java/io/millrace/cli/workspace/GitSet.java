package io.millrace.cli.workspace;

import io.millrace.api.client.MillraceClient;
import io.millrace.api.git.GitBindingView;
import io.millrace.api.git.GitBindingWrite;
import io.millrace.api.text.Durations;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.CommandFailure;
import io.millrace.cli.console.OutputOption;
import io.millrace.cli.console.PrettyJson;
import io.millrace.cli.console.SecretOptions;
import io.millrace.cli.console.Surroundings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

@Command(
        name = "set",
        header = "Say from which folder of which Git repository a workspace's jobs come.",
        description = {
            "",
            "The repository is looked at first, and nothing is pulled yet. Pulls have the rights of whoever set this last."
                    + " Secrets: token for https, privateKey for ssh; those that are not given stay while the repository is"
                    + " the same.",
            ""
        },
        footer = {
            "",
            "Example: millrace workspace git set payments --url https://git.example.com/payments.git --folder jobs"
                    + " --interval 5min --ask token"
        },
        sortOptions = false)
final class GitSet extends OneWorkspace {
    @Option(
            names = "--url",
            required = true,
            paramLabel = "URL",
            description = "https://…, ssh://… or file:///…, without a password.")
    private String url = "";

    @Option(names = "--branch", paramLabel = "NAME", description = "Default: main.")
    private @Nullable String branch;

    @Option(names = "--folder", paramLabel = "PATH", description = "Where the job files are. Default: everywhere.")
    private @Nullable String folder;

    @Option(
            names = "--interval",
            paramLabel = "DURATION",
            description = "How often to look for a new commit, such as 5min. Default: only when asked.")
    private @Nullable String interval;

    @Option(names = "--user-name", paramLabel = "NAME", description = "Who signs in over https. Default: git.")
    private @Nullable String userName;

    @Option(
            names = "--host-key",
            paramLabel = "KEY",
            description = "The key of an ssh server: ecdsa-sha2-nistp256 AAAA…, as ssh-keyscan prints it.")
    private @Nullable String hostKey;

    @Option(
            names = "--ca-certificate",
            paramLabel = "FILE",
            description = "Whom to trust over https instead of the usual authorities, in PEM.")
    private @Nullable Path caCertificate;

    @Mixin
    private final SecretOptions secrets = new SecretOptions();

    @Option(names = "--dry-run", description = "Check it, and change nothing.")
    private boolean dryRun;

    @Mixin
    private final OutputOption output = new OutputOption();

    GitSet(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        Map<String, Object> given = new TreeMap<>(secrets.read(surroundings(), err()));
        var wanted = new GitBindingWrite(
                url, branch, folder, interval(), userName, hostKey, certificate(), given.isEmpty() ? null : given);
        GitBindingView set = client.git().set(name(), wanted, dryRun);
        if (output.json()) {
            out().println(PrettyJson.of(set));
        } else if (dryRun) {
            out().println(name() + ": is right; nothing was changed.");
        } else {
            out().println(name() + ": jobs come from " + set.url() + " now, with the rights of '" + set.actsAs()
                    + "'. See what a pull would do: millrace workspace git pull " + name() + " --dry-run");
        }
        return ExitCode.OK;
    }

    private @Nullable String interval() {
        return interval == null
                ? null
                : Durations.parse(interval)
                        .orElseThrow(() -> new CommandFailure(
                                ExitCode.USAGE, "--interval: '" + interval + "' is not a time. Write 5min, say."))
                        .toString();
    }

    private @Nullable String certificate() {
        if (caCertificate == null) {
            return null;
        }
        try {
            return Files.readString(surroundings().directory().resolve(caCertificate));
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.ENVIRONMENT,
                    caCertificate + " cannot be read (" + e.getClass().getSimpleName() + ").");
        }
    }
}
