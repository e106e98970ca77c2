package io.millrace.server.bundle;

import io.millrace.core.job.JobId;

/** Names a bundle: there is one of each attempt that failed. */
record BundleKey(JobId job, int attempt) {
    String file() {
        return job + "-" + attempt + ".zip";
    }
}
