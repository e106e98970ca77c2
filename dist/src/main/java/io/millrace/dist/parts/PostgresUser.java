package io.millrace.dist.parts;

import static io.millrace.cli.ExitCode.ENVIRONMENT;

import io.millrace.dist.stack.Home;
import io.millrace.dist.stack.StackException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** As whom PostgreSQL runs, since it refuses to run as root. */
enum PostgresUser {
    /** As the caller, who is not root. */
    CALLER(""),
    /** As root in a user namespace of its own: it looks like nobody to PostgreSQL, and files stay root's. */
    NAMESPACE("unshare --user"),
    /** As nobody, who then owns PostgreSQL's folders. For containers in which root may not make namespaces. */
    NOBODY("setpriv --reuid=65534 --regid=65534 --clear-groups");

    private static final int NOBODYS_ID = 65534;
    private static final long TRIAL_LIMIT_SECONDS = 5;

    private final String prefix;

    PostgresUser(String prefix) {
        this.prefix = prefix;
    }

    /** The first that works here. */
    static PostgresUser here() {
        if (!isRoot()) {
            return CALLER;
        }
        if (NAMESPACE.works()) {
            return NAMESPACE;
        }
        if (NOBODY.works()) {
            return NOBODY;
        }
        throw new StackException(
                ENVIRONMENT,
                "PostgreSQL does not run as root, and neither unshare nor setpriv work here; run Millrace as another user.");
    }

    /** What goes in front of a command line. */
    List<String> prefix() {
        return prefix.isEmpty() ? List.of() : List.of(prefix.split(" "));
    }

    /** Makes a folder below {@code home} that this user may fill. */
    void makeFolder(Path folder, Home home) throws IOException {
        Files.createDirectories(folder);
        giveTo(folder, home);
    }

    /** Hands a file or folder below {@code home} over to this user. */
    void giveTo(Path path, Home home) throws IOException {
        if (this != NOBODY) {
            return;
        }
        Files.setAttribute(path, "unix:uid", NOBODYS_ID);
        for (Path folder = path.getParent(); folder != null; folder = folder.getParent()) {
            letPass(folder, folder.startsWith(home.folder()));
        }
    }

    /** Passing through is not looking in: what lies beside stays closed. Folders that are not Millrace's stay as they are. */
    private static void letPass(Path folder, boolean ours) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder);
        if (permissions.contains(PosixFilePermission.OTHERS_EXECUTE)) {
            return;
        }
        if (!ours) {
            throw new StackException(
                    ENVIRONMENT,
                    "PostgreSQL runs as nobody here, who may not enter " + folder
                            + "; set MILLRACE_HOME to a folder that every user may enter.");
        }
        permissions.add(PosixFilePermission.OTHERS_EXECUTE);
        Files.setPosixFilePermissions(folder, permissions);
    }

    private boolean works() {
        try {
            Process trial = new ProcessBuilder(
                            Stream.concat(prefix().stream(), Stream.of("true")).toList())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return trial.waitFor(TRIAL_LIMIT_SECONDS, TimeUnit.SECONDS) && trial.exitValue() == 0;
        } catch (IOException missing) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean isRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException e) {
            return "root".equals(System.getProperty("user.name"));
        }
    }
}
