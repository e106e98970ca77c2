package io.millrace.server.git;

import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.core.git.GitAddress;
import io.millrace.server.connection.Egress;
import org.eclipse.jgit.lib.RepositoryCache;
import org.eclipse.jgit.util.FS;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where repositories may be: what connections may reach. Fails with EGRESS_DENIED, naming {@code /url}. */
final class GitReach {
    private final Egress egress;

    GitReach(Egress egress) {
        this.egress = egress;
    }

    /** Resolves the host, or follows the links of the folder. */
    void check(GitAddress address) {
        if (address.scheme() == GitAddress.Scheme.FILE) {
            checkFolder(Path.of(address.path()));
            return;
        }
        egress.refuse(address.host()).ifPresent(GitReach::refuse);
        try {
            egress.refuse(address.host(), List.of(InetAddress.getAllByName(address.host())))
                    .ifPresent(GitReach::refuse);
        } catch (UnknownHostException e) {
            String why = "There is no host '" + address.host() + "'.";
            String hint = "Look whether the URL is right, and whether the server's machine knows the name.";
            throw new MillraceException(ErrorCode.GIT_UNREACHABLE, why, List.of(Flaw.at("/url", why, hint)));
        }
    }

    /** For whoever has just connected: the address that a name led to. */
    void checkAddress(InetSocketAddress address, String host) {
        egress.refuse(host, List.of(address.getAddress())).ifPresent(GitReach::refuse);
    }

    private void checkFolder(Path folder) {
        refuseFolder(folder);
        Path real = real(folder, folder);
        refuseFolder(real);
        Path repository = List.of(real, real.resolve(".git")).stream()
                .filter(each -> RepositoryCache.FileKey.isGitRepository(each.toFile(), FS.DETECTED))
                .findFirst()
                .orElseThrow(() -> noRepository(folder));
        // Those of repositories elsewhere could be read through them.
        for (String part : List.of("", "objects", "objects/pack", "objects/info", "refs", "refs/heads")) {
            refuseFolder(real(repository.resolve(part), folder));
        }
        for (String borrowed : List.of("objects/info/alternates", "commondir")) {
            if (Files.exists(repository.resolve(borrowed))) {
                refuse("The repository borrows objects of another one (" + borrowed + ").");
            }
        }
    }

    private static Path real(Path path, Path folder) {
        try {
            return Files.exists(path) ? path.toRealPath() : folder.toRealPath();
        } catch (IOException e) {
            throw noRepository(folder);
        }
    }

    private static MillraceException noRepository(Path folder) {
        String why = "There is no repository at '" + folder + "' on the server's machine.";
        String hint = "Look whether it was moved or deleted, and whether the server's user may read it.";
        return new MillraceException(ErrorCode.GIT_UNREACHABLE, why, List.of(Flaw.at("/url", why, hint)));
    }

    private void refuseFolder(Path folder) {
        Optional<String> why = egress.refuseFolder(folder.toUri().toString());
        why.ifPresent(GitReach::refuse);
    }

    private static void refuse(String why) {
        throw new MillraceException(ErrorCode.EGRESS_DENIED, why, List.of(Flaw.at("/url", why)));
    }
}
