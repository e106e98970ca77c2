package io.millrace.server.target;

import io.millrace.core.target.FlinkCluster;
import io.millrace.core.target.JobSubmitter;
import io.millrace.core.target.TargetName;

/**
 * One cluster and the ways to it.
 *
 * @param kind local, session, yarn or kubernetes
 * @param savepoints the folder below which its savepoints go, without a slash at the end
 */
public record Target(TargetName name, String kind, FlinkCluster cluster, JobSubmitter submitter, String savepoints) {}
