package io.millrace.server.git;

import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks for new commits when it is time. Any number of servers may do so: {@link GitPulls} lets one at a time. */
final class GitLoop implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(GitLoop.class);
    private static final int THREADS = 2;
    private static final int MOST = 50;

    private final SqlGitStore store;
    private final GitPulls pulls;
    private final Duration pace;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "git-look");
        thread.setDaemon(true);
        return thread;
    });

    GitLoop(SqlGitStore store, GitPulls pulls, Duration pace) {
        this.store = store;
        this.pulls = pulls;
        this.pace = pace;
    }

    /** Called once. A repository that hangs keeps one thread busy, and the others go on. */
    void start() {
        for (int i = 0; i < THREADS; i++) {
            var unused = threads.scheduleWithFixedDelay(
                    this::round, pace.toMillis(), pace.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Looks at everything that is due. */
    void round() {
        try {
            store.due(MOST).forEach(pulls::look);
        } catch (RuntimeException e) {
            LOG.warnf("Repositories could not be looked at: %s", e.getMessage());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
