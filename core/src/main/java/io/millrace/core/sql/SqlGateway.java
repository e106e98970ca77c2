package io.millrace.core.sql;

import io.millrace.core.state.StatePlan;

import java.util.Map;

/** Understands SQL with the planner that will run it. */
public interface SqlGateway {
    /**
     * Says what a script is and touches, in a fresh session with the default catalog. Runs and changes nothing, so it
     * may be repeated. A script that cannot be planned is an answer with errors, not an exception.
     *
     * @throws io.millrace.core.error.MillraceException GATEWAY_UNAVAILABLE when no answer came
     */
    ScriptAnalysis analyse(String script);

    /**
     * Says what state a script keeps when it runs as a job with these Flink options, which take precedence over the
     * script's own. Nothing of a batch job. Runs and changes nothing, so it may be repeated.
     *
     * @throws io.millrace.core.error.MillraceException SQL_INVALID when it cannot be planned, SQL_REFUSED when it is no
     *     job, GATEWAY_UNAVAILABLE when no answer came
     */
    StatePlan state(String script, Map<String, String> settings);
}
