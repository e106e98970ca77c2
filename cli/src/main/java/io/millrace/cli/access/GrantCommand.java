package io.millrace.cli.access;

import static java.util.Objects.requireNonNull;

import io.millrace.api.access.GrantEffect;
import io.millrace.api.access.NewGrant;
import io.millrace.api.access.ObjectPath;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.ArrayList;
import java.util.List;

/** What giving and taking back have in common. */
abstract class GrantCommand extends ServerCommand {
    @Parameters(
            arity = "1..*",
            split = ",",
            paramLabel = "PRIVILEGE",
            description = "Such as READ; several are separated by commas. ALL for all that there are.")
    private List<String> privileges = new ArrayList<>();

    @Option(
            names = "--on",
            required = true,
            paramLabel = "[KIND:]NAME",
            converter = ObjectName.class,
            description =
                    "Such as kafka.main.orders, database:kafka.main, job:payments.settle, or server. Without a kind: a table or view.")
    private @Nullable ObjectPath object;

    @ArgGroup(multiplicity = "1")
    private GranteeOption grantee = new GranteeOption();

    GrantCommand(Surroundings surroundings) {
        super(surroundings);
    }

    NewGrant grant(boolean denial) {
        return new NewGrant(
                grantee.view(),
                requireNonNull(object, "--on"),
                privileges,
                denial ? GrantEffect.DENY : GrantEffect.ALLOW);
    }
}
