package io.millrace.server.bundle;

import io.millrace.core.access.Privilege;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobObjects;
import io.millrace.core.job.JobPath;
import io.millrace.server.access.Guard;
import io.millrace.server.job.JobService;

import java.nio.file.Path;
import java.util.Optional;

/** Gives bundles to those who may operate the job: logs and exceptions can quote what the job reads. */
public final class BundleService {
    private final JobService jobs;
    private final SqlBundleStore store;
    private final Optional<BundleFiles> files;
    private final Guard guard;

    BundleService(JobService jobs, SqlBundleStore store, Optional<BundleFiles> files, Guard guard) {
        this.jobs = jobs;
        this.store = store;
        this.files = files;
        this.guard = guard;
    }

    /** BUNDLE_NOT_FOUND when there is none yet, any more, or at all; it says which. */
    Path find(JobPath path, int attempt) {
        Job job = jobs.get(path).job();
        guard.require(Privilege.OPERATE, JobObjects.of(job));
        BundleKey key = new BundleKey(job.id(), attempt);
        SqlBundleStore.State state = store.state(key)
                .orElseThrow(() -> missing("Attempt " + attempt + " of job '" + path.name() + "' did not fail."));
        BundleFiles folder = files.orElseThrow(
                () -> missing("Bundles are not saved here; name a folder for them with millrace.bundle.folder."));
        return switch (state.name()) {
            case "SAVED" ->
                folder.find(key)
                        .orElseThrow(() -> missing("The bundle is not in this server's millrace.bundle.folder; it must"
                                + " be the same for all servers."));
            case "WANTED" -> throw missing("The bundle is being saved; ask again in some seconds. " + state.note());
            default -> throw missing("There is no bundle. " + state.note());
        };
    }

    private static MillraceException missing(String message) {
        return new MillraceException(ErrorCode.BUNDLE_NOT_FOUND, message.strip());
    }
}
