package io.millrace.core.sql;

/** Understands SQL with the planner that will run it. */
public interface SqlGateway {
    /**
     * Says what a script is and touches, in a fresh session with the default catalog. Runs and changes nothing, so it
     * may be repeated. A script that cannot be planned is an answer with errors, not an exception.
     *
     * @throws io.millrace.core.error.MillraceException GATEWAY_UNAVAILABLE when no answer came
     */
    ScriptAnalysis analyse(String script);
}
