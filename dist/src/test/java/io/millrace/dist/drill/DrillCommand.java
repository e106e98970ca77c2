package io.millrace.dist.drill;

import io.millrace.dist.drill.Outcome.Verdict;
import io.millrace.dist.drill.Trial.Options;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/** {@code ./millrace drill}: the drills by hand, on a stack of their own. */
@Command(
        name = "millrace drill",
        mixinStandardHelpOptions = true,
        description = {
            "Kills, pauses, cuts off and fills up real processes on a stack of its own, and checks that nothing is lost,"
                    + " doubled or forgotten. docs/reliability.md says what each drill proves.",
            "Exit codes: 0 when none failed, 1 when one did, 2 for a wrong call."
        })
public final class DrillCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DRILL", arity = "0..*", description = "Drills to run, such as F01; all without any.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--list", description = "List the drills and run none.")
    private boolean list;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Begin of all that is random (default: ${DEFAULT-VALUE}).")
    private long seed = Options.SEED;

    @Option(names = "--rounds", paramLabel = "N", description = "How often a drill repeats what it injects.")
    private int rounds;

    @Option(
            names = "--control",
            description = "Run the negative controls instead: what a drill protects from is done on purpose, and the"
                    + " drill has to fail and say so.")
    private boolean control;

    @Spec
    private CommandSpec spec;

    private final long began = System.nanoTime();

    @SuppressWarnings("NullAway.Init") // picocli sets the field
    private DrillCommand() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new DrillCommand()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = commandLine().getOut();
        List<Drill> drills = chosen();
        if (list) {
            DrillReport.list(drills).forEach(out::println);
            return 0;
        }
        Path folder = Files.createTempDirectory("millrace-drill");
        out.println("Processes, data and logs are below " + folder + ".");
        Options options = new Options(seed, rounds, control);
        List<Outcome> outcomes = new ArrayList<>();
        try (DrillRunner runner = new DrillRunner(folder, this::progress)) {
            for (Drill drill : drills) {
                out.println();
                out.println(drill.id() + "  " + drill.title()
                        + (control ? ". Control: " + drill.control().breaks() : "") + ".");
                outcomes.add(tell(runner.run(drill, options)));
            }
        }
        out.println();
        DrillReport.lines(outcomes, options).forEach(out::println);
        return outcomes.stream().anyMatch(outcome -> outcome.verdict() == Verdict.FAILED) ? 1 : 0;
    }

    private List<Drill> chosen() {
        if (rounds < 0) {
            throw new ParameterException(commandLine(), "--rounds counts from 1.");
        }
        if (names.isEmpty()) {
            return Drills.ALL;
        }
        return names.stream()
                .map(name -> Drills.find(name)
                        .orElseThrow(() -> new ParameterException(
                                commandLine(), "There is no drill '" + name + "'; --list shows them.")))
                .toList();
    }

    private Outcome tell(Outcome outcome) {
        progress(outcome.verdict() + (outcome.reason().isEmpty() ? "" : ": " + outcome.reason()));
        return outcome;
    }

    private void progress(String what) {
        Duration since = Duration.ofNanos(System.nanoTime() - began);
        PrintWriter out = commandLine().getOut();
        out.printf(Locale.ROOT, "  %3d:%02d  %s%n", since.toMinutes(), since.toSecondsPart(), what);
        out.flush();
    }

    private CommandLine commandLine() {
        return spec.commandLine();
    }
}
