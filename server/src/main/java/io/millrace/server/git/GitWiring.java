package io.millrace.server.git;

import io.millrace.core.job.Author;
import io.millrace.server.access.Actors;
import io.millrace.server.access.Guard;
import io.millrace.server.connection.Egress;
import io.millrace.server.http.Caller;
import io.millrace.server.job.JobBatches;
import io.millrace.server.secret.SecretBox;
import io.millrace.server.secret.SecretKeeper;
import io.millrace.server.workspace.WorkspaceService;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.jdbi.v3.core.Jdbi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/** Builds this feature's objects and starts the loop with the server. */
@Singleton
final class GitWiring {
    @Produces
    @Singleton
    GitRemote remote(GitConfig config, Egress egress) {
        var limits = new GitLimits(config.fetchLimit(), GitLimits.FETCH_BYTES);
        return new GitRemote(
                config.folder().orElseGet(GitWiring::temporary), new GitTransports(new GitReach(egress)), limits);
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("millrace-git");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Produces
    @Singleton
    GitPulls pulls(Jdbi jdbi, GitRemote remote, JobBatches batches, Actors actors, SecretBox secrets, Clock clock) {
        return new GitPulls(new SqlGitStore(jdbi), new SqlPullStore(jdbi), remote, batches, actors, secrets, clock);
    }

    @Produces
    @Singleton
    GitLoop loop(Jdbi jdbi, GitPulls pulls, GitConfig config) {
        return new GitLoop(new SqlGitStore(jdbi), pulls, config.pace());
    }

    @Produces
    @Singleton
    GitService service(
            Jdbi jdbi,
            GitPulls pulls,
            Guard guard,
            WorkspaceService workspaces,
            Caller caller,
            SecretBox secrets,
            Clock clock) {
        var callers = new GitService.Callers(
                guard, workspaces, () -> new Author(caller.principal().id(), caller.name()));
        return new GitService(new SqlGitStore(jdbi), new SqlPullStore(jdbi), pulls, callers, secrets, clock);
    }

    @Produces
    @Singleton
    SecretKeeper keeper(GitService service) {
        return service::reseal;
    }

    void start(@Observes StartupEvent event, GitRemote remote, GitLoop loop) {
        remote.clean();
        loop.start();
    }

    void stop(@Observes ShutdownEvent event, GitLoop loop, GitPulls pulls) {
        loop.close();
        pulls.close();
    }
}
