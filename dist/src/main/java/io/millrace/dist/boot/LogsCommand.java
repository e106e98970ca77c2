package io.millrace.dist.boot;

import static io.millrace.cli.ExitCode.ENVIRONMENT;
import static io.millrace.cli.ExitCode.OK;
import static io.millrace.cli.ExitCode.USAGE;

import io.millrace.dist.process.LogFile;
import io.millrace.dist.stack.Home;
import io.millrace.dist.stack.StackException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code millrace logs}: what the processes wrote. */
@Command(
        name = "logs",
        mixinStandardHelpOptions = true,
        description = "Shows what the processes of the local stack wrote; works when they are down, too.")
final class LogsCommand implements Callable<Integer> {
    private static final String SUFFIX = ".log";

    @Parameters(arity = "0..1", paramLabel = "PROCESS", description = "One process; all of them when left out.")
    private @Nullable String process;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what they write from now on, until Ctrl-C.")
    private boolean follow;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            description = "How many of the last lines; 50 by default.")
    private int lines = 50;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Map<String, LogFile> logs = chosen(Here.home());
        Map<String, Long> positions = new LinkedHashMap<>();
        for (Map.Entry<String, LogFile> log : logs.entrySet()) {
            positions.put(log.getKey(), log.getValue().size());
            for (String line : log.getValue().tail(lines)) {
                System.out.println(logs.size() > 1 ? log.getKey() + "  " + line : line);
            }
        }
        System.out.flush();
        while (follow) {
            TimeUnit.MILLISECONDS.sleep(200);
            for (Map.Entry<String, LogFile> log : logs.entrySet()) {
                positions.put(log.getKey(), log.getValue().copyFrom(positions.get(log.getKey()), System.out));
            }
        }
        return OK.number();
    }

    private Map<String, LogFile> chosen(Home home) throws IOException {
        List<String> names = names(home);
        if (names.isEmpty()) {
            throw new StackException(
                    ENVIRONMENT,
                    "There are no logs below " + home.folder() + " yet; start the stack with millrace up.");
        }
        if (process != null && !names.contains(process)) {
            throw new StackException(
                    USAGE, "There is no process " + process + "; choose one of " + String.join(", ", names) + ".");
        }
        Map<String, LogFile> logs = new LinkedHashMap<>();
        for (String name : process == null ? names : List.of(process)) {
            logs.put(name, new LogFile(home.log(name)));
        }
        return logs;
    }

    private static List<String> names(Home home) throws IOException {
        Path folder = home.log("any").getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        }
    }
}
