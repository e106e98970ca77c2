package io.millrace.server.git;

import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.core.error.Nearest;
import io.millrace.core.git.GitAddress;
import io.millrace.core.git.GitSource;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.lib.Ref;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** What goes wrong with a repository, in sentences that name the field and a remedy, and quote no server. */
final class GitFailures {
    private static final Logger LOG = Logger.getLogger(GitFailures.class);
    private static final String HEADS = "refs/heads/";
    private static final int NAMED = 10;

    private GitFailures() {}

    static MillraceException of(Exception failure, GitSource source) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof MillraceException ours) {
                return ours;
            }
        }
        if (is(failure, TooLargeObjectInPackException.class)) {
            return tooMuch("A file of the repository is too large.");
        }
        if (is(failure, NoRemoteRepositoryException.class)) {
            return unreachable(
                    "There is no repository at '" + source.address() + "', or the secrets do not show it.", failure);
        }
        return proof(failure, source)
                .orElseGet(() -> unreachable("The repository at '" + source.address() + "' does not answer.", failure));
    }

    /** When one of the two does not prove to the other who it is. */
    private static Optional<MillraceException> proof(Exception failure, GitSource source) {
        String said = words(failure);
        Optional<String> secret = source.secrets().stream().findFirst();
        if (secret.isPresent() && refusesSignIn(said)) {
            return Optional.of(invalid(
                    "/secrets/" + secret.get(),
                    "The server refuses to sign in " + who(source) + ".",
                    "Give a " + (secret.get().equals(GitSource.KEY) ? "private key" : "token")
                            + " that may read this repository.",
                    failure));
        }
        if (said.contains("server key") || said.contains("host key")) {
            return Optional.of(invalid(
                    "/hostKey",
                    "The server has another key than the one that is known.",
                    "Somebody may pretend to be it. Ask its owner; if the key was changed, set it anew.",
                    failure));
        }
        if (is(failure, SSLException.class)) {
            return Optional.of(invalid(
                    "/caCertificate",
                    "The server's certificate is not trusted.",
                    "If its authority is your own, give the authority's certificate as caCertificate.",
                    failure));
        }
        return said.contains("redirect")
                ? Optional.of(
                        invalid("/url", "The server sends elsewhere.", "Write the URL to which it leads.", failure))
                : Optional.empty();
    }

    static MillraceException noBranch(GitSource source, Collection<Ref> refs) {
        List<String> branches = refs.stream()
                .map(Ref::getName)
                .filter(name -> name.startsWith(HEADS))
                .map(name -> name.substring(HEADS.length()))
                .sorted()
                .toList();
        String hint = Nearest.to(source.branch(), branches)
                .map(near -> "Did you mean '" + near + "'?")
                .orElse(
                        branches.isEmpty()
                                ? "It has no branch yet: push one."
                                : "There is: "
                                        + String.join(", ", branches.subList(0, Math.min(NAMED, branches.size()))));
        return invalid("/branch", "The repository has no branch '" + source.branch() + "'.", hint, null);
    }

    static MillraceException tooMuch(String why) {
        return invalid("/url", why, "Keep what is large in a repository of its own.", null);
    }

    static MillraceException noProtocol() {
        return invalid(
                "/url",
                "The server does not speak Git's own protocol at this address.",
                "Write the address that `git clone` takes; a plain file server does not do.",
                null);
    }

    static MillraceException noFolder(GitSource source, String why) {
        return invalid(
                "/folder",
                "Folder '" + source.folder() + "' " + why,
                "Write its path below the repository's root.",
                null);
    }

    private static MillraceException invalid(String pointer, String message, String hint, @Nullable Exception cause) {
        LOG.debugf(cause, "%s", message);
        return new MillraceException(ErrorCode.GIT_INVALID, message, List.of(Flaw.at(pointer, message, hint)));
    }

    private static MillraceException unreachable(String message, Exception cause) {
        String hint = "Look whether it was moved or deleted, and whether this server's machine reaches it.";
        LOG.debugf(cause, "%s", message);
        return new MillraceException(ErrorCode.GIT_UNREACHABLE, message, List.of(Flaw.at("/url", message, hint)));
    }

    private static boolean refusesSignIn(String said) {
        return said.contains("not authorized")
                || said.contains("authentication")
                || said.contains("auth fail")
                || said.contains("not permitted")
                || said.contains("no more auth");
    }

    private static String who(GitSource source) {
        GitAddress address = source.address();
        return "'" + address.user().or(source::userName).orElse("git") + "'";
    }

    private static boolean is(Throwable failure, Class<?> type) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (type.isInstance(each)) {
                return true;
            }
        }
        return false;
    }

    private static String words(Throwable failure) {
        StringBuilder words = new StringBuilder();
        for (Throwable each = failure; each != null; each = each.getCause()) {
            words.append(each.getMessage()).append('\n');
        }
        return words.toString().toLowerCase(Locale.ROOT);
    }
}
