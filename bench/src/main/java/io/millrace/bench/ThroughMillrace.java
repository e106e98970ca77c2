package io.millrace.bench;

import io.millrace.api.client.MillraceClient;
import io.millrace.api.job.JobSpec;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** The job is known to Millrace; the measured call says that it shall run. */
final class ThroughMillrace implements Contender {
    private static final String JOB = "bench-job-start";

    private final MillraceClient server;

    ThroughMillrace(URI server) {
        this.server = MillraceClient.at(server).withToken(Api::token);
        this.server.jobs().apply(JOB, new JobSpec(Script.TABLES + Script.INSERT, null, null, null, null, null, null));
    }

    @Override
    public String name() {
        return "Millrace API (PATCH desired)";
    }

    @Override
    public void start() {
        server.jobs().start(JOB);
    }

    @Override
    public void stop() {
        server.jobs().stop(JOB, false);
        while (server.jobs().get(JOB).runningVersion() != null) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    @Override
    public void close() {
        server.jobs().delete(JOB);
    }
}
