package io.millrace.dist.parts;

import static java.util.Objects.requireNonNull;

import io.millrace.dist.process.Command;
import io.millrace.dist.stack.Distribution;
import io.millrace.dist.stack.Home;
import io.millrace.dist.stack.Ports;
import io.millrace.dist.stack.Secrets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Where one stack is: what all its parts share. */
public record Site(Home home, Distribution distribution, Ports ports, Secrets secrets) {
    private static final Set<String> PASSED_ON = Set.of("PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ");
    private static final List<Path> SETSID = List.of(Path.of("/usr/bin/setsid"), Path.of("/bin/setsid"));

    public Site {
        requireNonNull(home, "home");
        requireNonNull(distribution, "distribution");
        requireNonNull(ports, "ports");
        requireNonNull(secrets, "secrets");
    }

    /** A part's process, in a session of its own: a Ctrl-C at the terminal is for the supervisor, which ends its parts in order. */
    Command command(String part, List<String> line, Map<String, String> environment) {
        List<String> whole = new ArrayList<>();
        SETSID.stream().filter(Files::isExecutable).findFirst().ifPresent(setsid -> whole.add(setsid.toString()));
        whole.addAll(line);
        return new Command(whole, environment(environment), home.folder(), home.log(part));
    }

    /** A short-lived tool that prepares a part and writes to its log. */
    Command tool(String part, List<String> line) {
        return new Command(line, environment(Map.of()), home.folder(), home.log(part));
    }

    private Map<String, String> environment(Map<String, String> more) {
        Map<String, String> all = System.getenv().entrySet().stream()
                .filter(entry -> PASSED_ON.contains(entry.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, HashMap::new));
        all.put("TMPDIR", home.tmp().toString());
        all.putAll(more);
        return all;
    }

    /** Writes a configuration file that only its owner reads: several hold passwords. */
    Path write(String part, String name, List<String> lines) throws IOException {
        Path folder = Files.createDirectories(home.conf(part));
        Path file = folder.resolve(name);
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.write(file, lines);
    }
}
