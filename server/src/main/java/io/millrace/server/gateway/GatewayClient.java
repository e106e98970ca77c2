package io.millrace.server.gateway;

import io.millrace.api.client.ApiException;
import io.millrace.api.client.Rest;
import io.millrace.api.client.UnreachableException;
import io.millrace.api.gateway.NewProof;
import io.millrace.api.gateway.NewStatePlan;
import io.millrace.api.gateway.NewSubmission;
import io.millrace.api.gateway.StatePlan;
import io.millrace.api.gateway.SubmissionView;
import io.millrace.api.sql.Analysis;
import io.millrace.api.sql.CompletionRequest;
import io.millrace.api.sql.Completions;
import io.millrace.api.sql.NewAnalysis;
import io.millrace.api.sql.NewSqlSession;
import io.millrace.api.sql.NewSqlStatement;
import io.millrace.api.sql.ResultPage;
import io.millrace.api.sql.SqlSessionView;
import io.millrace.api.sql.SqlStatementView;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.util.function.Supplier;

/**
 * The gateway's private API. Sessions and statements are named by the gateway's own ids, which users never see. But for
 * {@link #submit} and {@link #prove}, what the gateway refuses is thrown as a {@code MillraceException} with the gateway's code and words,
 * and its silence as one with GATEWAY_UNAVAILABLE. While it hangs, every call fails so at once.
 */
public final class GatewayClient {
    private static final String STATEMENTS = "/v1/sessions/{}/statements";
    private static final String STATEMENT = STATEMENTS + "/{}";

    private static final String CAPABILITY = "Millrace-Capability";

    private final Rest rest;
    private final Circuit circuit;

    /** Waits for each answer as long as {@code rest} does. */
    public GatewayClient(Rest rest) {
        this(rest, new Circuit(rest.base(), () -> true, Clock.systemUTC()));
    }

    GatewayClient(Rest rest, Circuit circuit) {
        this.rest = rest;
        this.circuit = circuit;
    }

    /** What a script is and touches. Runs and changes nothing. */
    public Analysis analyse(NewAnalysis analysis, String capability) {
        return ask(() -> rest.post("/v1/analyses")
                .header(CAPABILITY, capability)
                .body(analysis)
                .as(Analysis.class));
    }

    /** What state a script would keep as a job. Runs and changes nothing. */
    public StatePlan state(NewStatePlan plan, String capability) {
        return ask(() -> rest.post("/v1/state-plans")
                .header(CAPABILITY, capability)
                .body(plan)
                .as(StatePlan.class));
    }

    /** Opens a session, all statements of which act for whom the capability stands. */
    public SqlSessionView open(NewSqlSession session, String capability) {
        return ask(() -> rest.post("/v1/sessions")
                .header(CAPABILITY, capability)
                .body(session)
                .as(SqlSessionView.class));
    }

    /** Closes a session; what runs in it is cancelled. */
    public void close(String session) {
        tell(() -> rest.delete("/v1/sessions/{}", session).send());
    }

    /** Accepts a statement, which then runs by itself. */
    public SqlStatementView run(String session, NewSqlStatement statement) {
        return ask(() -> rest.post(STATEMENTS, session).body(statement).as(SqlStatementView.class));
    }

    public SqlStatementView show(String session, String statement) {
        return ask(() -> rest.get(STATEMENT, session, statement).as(SqlStatementView.class));
    }

    /** The next rows; waits up to {@code waitMillis} for the first of them. */
    public ResultPage rows(String session, String statement, @Nullable String pageToken, int pageSize, int waitMillis) {
        return ask(() -> rest.get(STATEMENT + "/rows", session, statement)
                .query("pageToken", pageToken)
                .query("pageSize", pageSize)
                .query("waitMillis", waitMillis)
                .as(ResultPage.class));
    }

    /** Ends a statement if it runs, and forgets it. */
    public void cancel(String session, String statement) {
        tell(() -> rest.delete(STATEMENT, session, statement).send());
    }

    public Completions complete(String session, CompletionRequest request) {
        return ask(() ->
                rest.post("/v1/sessions/{}/completions", session).body(request).as(Completions.class));
    }

    /**
     * Submits a script as one Flink job. The caller must tell a definite no from silence, so failures are not
     * translated.
     *
     * @throws ApiException when the gateway said no: 4xx is definite, 409 JOB_ALREADY_SUBMITTED means that Flink knows
     *     the JobID, and after 5xx the job may have been submitted
     * @throws UnreachableException when no answer came: the job may have been submitted
     */
    public SubmissionView submit(NewSubmission submission, String capability) {
        return circuit.call(() -> rest.post("/v1/submissions")
                .header(CAPABILITY, capability)
                .body(submission)
                .as(SubmissionView.class));
    }

    /** Submits a script that restores a snapshot and writes nothing; answers and fails as {@link #submit}. */
    public SubmissionView prove(NewProof proof, String capability) {
        return circuit.call(() -> rest.post("/v1/proofs")
                .header(CAPABILITY, capability)
                .body(proof)
                .as(SubmissionView.class));
    }

    private <T> T ask(Supplier<T> call) {
        try {
            return circuit.call(call);
        } catch (ApiException e) {
            throw GatewayFailures.refused(e);
        } catch (UnreachableException e) {
            throw GatewayFailures.silent(e);
        }
    }

    private void tell(Runnable call) {
        var unused = ask(() -> {
            call.run();
            return true;
        });
    }
}
