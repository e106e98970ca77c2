package io.millrace.server.target;

import io.millrace.core.job.JobId;
import io.millrace.core.target.FlinkCluster;
import io.millrace.core.target.FlinkJobId;
import io.millrace.core.target.JobSubmitter;
import io.millrace.core.target.TargetName;
import io.millrace.core.workspace.WorkspaceName;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One cluster and the ways to it.
 *
 * @param kind local, session, yarn or kubernetes
 * @param checkpointing the checkpoints of its jobs
 * @param pages what it shows people
 * @param savepoints the folder below which its savepoints go, without a slash at the end
 * @param checkpoints the folder below which its checkpoints go, without a slash at the end
 * @param imports the folder below which savepoints of elsewhere lie, without a slash at the end
 */
public record Target(
        TargetName name,
        String kind,
        FlinkCluster cluster,
        FlinkCheckpoints checkpointing,
        JobSubmitter submitter,
        FlinkPages pages,
        String savepoints,
        String checkpoints,
        Optional<String> imports) {
    /** Whether {@code path} is where this cluster keeps savepoints or checkpoints of the job, if it has any there. */
    public boolean keeps(JobId job, String path) {
        String saved = savepoints + "/" + job + "/";
        if (!plain(path)) {
            return false;
        }
        return path.startsWith(saved)
                || (path.startsWith(checkpoints + "/") && of(job, path.substring(checkpoints.length() + 1)));
    }

    /** Whether {@code path} is where savepoints lie that the workspace may import. */
    public boolean offers(WorkspaceName workspace, String path) {
        return plain(path)
                && imports.filter(folder -> path.startsWith(folder + "/" + workspace + "/"))
                        .isPresent();
    }

    /** Whether it leads nowhere but below what it begins with, however it is written. */
    private static boolean plain(String path) {
        try {
            URI uri = new URI(path);
            return uri.getPath() != null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && Stream.of(uri.getPath().split("/", -1)).noneMatch(part -> part.equals("..") || part.equals("."));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** The first folder is named after the attempt. */
    private static boolean of(JobId job, String below) {
        int end = below.indexOf('/');
        return end > 0 && FlinkJobId.isOf(below.substring(0, end), job.value());
    }
}
