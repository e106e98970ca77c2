package io.millrace.api.client;

import io.millrace.api.job.LogPage;
import org.jspecify.annotations.Nullable;

/** The kept logs of one job. */
public final class LogsClient {
    private static final String LOGS = "/workspaces/{}/jobs/{}";

    private final Rest rest;
    private final String workspace;
    private final String job;

    LogsClient(Rest rest, String workspace, String job) {
        this.rest = rest;
        this.workspace = workspace;
        this.job = job;
    }

    /** Some entries, oldest first. */
    public LogPage page(LogQuestion question, @Nullable String token) {
        Call call = question.attempt() == null
                ? rest.get(LOGS + "/logs", workspace, job)
                : rest.get(
                        LOGS + "/attempts/{}/logs",
                        workspace,
                        job,
                        question.attempt().toString());
        return call.query("q", question.text())
                .query("level", question.level())
                .query("process", question.process())
                .query("from", question.from())
                .query("pageSize", Pages.LARGEST)
                .query("pageToken", token)
                .as(LogPage.class);
    }
}
