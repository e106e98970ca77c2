package io.millrace.api.gateway;

import java.util.List;

/**
 * The state that a script keeps when it runs as a streaming job.
 *
 * @param engine the version of Flink that planned it
 * @param digest the same for scripts with exactly the same plan
 * @param operators what keeps state, upstream first; empty for a batch job
 * @param gaps why the list of operators is not complete, one sentence each; empty when it is
 */
public record StatePlan(String engine, String digest, List<StateOperator> operators, List<String> gaps) {}
