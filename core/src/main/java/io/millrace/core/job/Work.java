package io.millrace.core.job;

import io.millrace.core.target.FlinkJobId;

import java.util.Optional;

/**
 * A job that is not at rest, as short as it can be: read for all jobs in each pass.
 *
 * @param attempt the live attempt
 * @param settled whether it runs as people want, as far as anybody knows: the overview decides alone
 * @param proven whether a checkpoint of the attempt was seen, or none is to be expected
 */
public record Work(JobId job, Optional<FlinkJobId> attempt, boolean settled, boolean proven) {}
