package io.millrace.server.git;

import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.millrace.core.git.GitSource;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Repositories elsewhere. Fails with GIT_UNREACHABLE when one does not answer, GIT_INVALID when it does not have what the
 * source names or takes other secrets, and EGRESS_DENIED; each names the field. Keeps nothing: each look has an empty
 * repository of its own below one folder.
 */
final class GitRemote {
    private final Path folder;
    private final GitTransports transports;
    private final GitLimits limits;

    GitRemote(Path folder, GitTransports transports, GitLimits limits) {
        this.folder = folder;
        this.transports = transports;
        this.limits = limits;
        OwnSettings.use();
    }

    /** A look takes no longer. */
    Duration longest() {
        return limits.fetch();
    }

    /** The id of the branch's newest commit. */
    String head(GitSource source, Map<String, String> secrets) {
        return look(source, secrets, (repository, transport, watch) -> {
            try (FetchConnection connection = transport.openFetch()) {
                Ref ref = connection.getRef(ref(source));
                if (ref == null || ref.getObjectId() == null) {
                    throw GitFailures.noBranch(source, connection.getRefs());
                }
                return ref.getObjectId().name();
            }
        });
    }

    /** The job files of the branch's newest commit. */
    GitFiles read(GitSource source, Map<String, String> secrets) {
        return look(source, secrets, (repository, transport, watch) -> {
            try (FetchConnection connection = transport.openFetch()) {
                if (connection.getRef(ref(source)) == null) {
                    throw GitFailures.noBranch(source, connection.getRefs());
                }
            }
            fetch(source, transport, watch);
            ObjectId commit = repository.exactRef(ref(source)).getObjectId();
            return new GitTree(repository, source).read(commit);
        });
    }

    private static void fetch(GitSource source, Transport transport, FetchWatch watch) throws IOException {
        transport.setTagOpt(TagOpt.NO_TAGS);
        transport.setDepth(1);
        String ref = ref(source);
        transport.fetch(watch, List.of(new RefSpec("+" + ref + ":" + ref)));
    }

    private static String ref(GitSource source) {
        return "refs/heads/" + source.branch();
    }

    /** Something that is done with a repository elsewhere. */
    private interface Look<T> {
        T at(ScratchRepository repository, Transport transport, FetchWatch watch) throws IOException;
    }

    private <T> T look(GitSource source, Map<String, String> secrets, Look<T> look) {
        Path own = folder.resolve(UUID.randomUUID().toString());
        var watch = new FetchWatch(limits);
        try (ScratchRepository repository = ScratchRepository.create(own, watch);
                Transport transport = transports.open(repository, source, secrets, watch)) {
            return look.at(repository, transport, watch);
        } catch (IOException | RuntimeException e) {
            throw watch.isCancelled() && !(e instanceof MillraceException) ? watch.late() : GitFailures.of(e, source);
        }
    }

    /** For a start: what a server left here that did not end by itself. */
    void clean() {
        try {
            ScratchRepository.delete(folder);
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new MillraceException(
                    ErrorCode.INTERNAL_ERROR, "The folder " + folder + " (millrace.git.folder) cannot be used.", e);
        }
    }
}
