package io.millrace.flink.gateway.submission;

import io.millrace.api.gateway.NewProof;
import io.millrace.api.gateway.NewStatePlan;
import io.millrace.api.gateway.NewSubmission;
import io.millrace.api.gateway.StatePlan;
import io.millrace.api.gateway.SubmissionView;
import io.millrace.flink.gateway.analysis.Mentions;
import io.millrace.flink.gateway.problem.Code;
import io.millrace.flink.gateway.problem.GatewayException;
import io.millrace.flink.gateway.script.Piece;
import io.millrace.flink.gateway.script.Script;
import io.millrace.flink.gateway.session.Sessions;
import io.millrace.flink.gateway.session.SqlSession;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.table.api.TableException;
import org.apache.flink.table.api.internal.TableResultInternal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Submits a script as one Flink job under the JobID that the caller chose, in a session of its own that is closed
 * afterwards; the job does not depend on it.
 *
 * <p>The answer tells three cases apart, because crash safety rests on it: the job runs; it is certain that nothing
 * was submitted (422, or 503 when the metastore is down); or nobody knows (503 CLUSTER_UNAVAILABLE, and every other
 * 5xx), and the caller has to look. JOB_ALREADY_SUBMITTED means that this JobID was seen before: look, too.
 */
public final class Submitter {
    static final String JOB_ID = "$internal.pipeline.job-id";

    /** Flink says so before it starts anything. */
    private static final String UNCLAIMED = "Cannot map checkpoint/savepoint state";

    private static final Pattern OPERATOR = Pattern.compile("for operator ([0-9a-f]{32})");

    /** What Flink takes for no checkpoints at all. */
    private static final String NEVER = Long.MAX_VALUE + " ms";

    /** Restores strictly, ends at the first failure, and saves nothing. */
    private static final Map<String, String> PROVING = Map.of(
            "execution.checkpointing.interval", NEVER,
            "execution.checkpointing.interval-during-backlog", "0 ms",
            "execution.state-recovery.claim-mode", "NO_CLAIM",
            "execution.state-recovery.ignore-unclaimed-state", "false",
            "restart-strategy.type", "none");

    private final Sessions sessions;

    public Submitter(Sessions sessions) {
        this.sessions = sessions;
    }

    public SubmissionView submit(NewSubmission request) {
        check(request);
        return reading(
                request.script(), options(request), script -> new SubmissionView(submit(script, JobScript::execute)));
    }

    /**
     * Submits a script so that it restores what it would go on from, and writes and saves nothing. Who calls has to end
     * the job.
     */
    public SubmissionView prove(NewProof request) {
        NewSubmission job = request.job();
        if (job == null || job.restorePath() == null || request.dropped() == null) {
            throw new GatewayException(Code.REQUEST_INVALID, "'job' with 'restorePath', and 'dropped', are required.");
        }
        check(job);
        Map<String, Integer> dropped = dropped(request);
        Map<String, String> options = options(job);
        options.putAll(PROVING);
        return reading(
                job.script(), options, script -> new SubmissionView(submit(script, proven -> proven.prove(dropped))));
    }

    /** The ids of those parts of the earlier script's operators that may be let go. */
    private Map<String, Integer> dropped(NewProof request) {
        NewStatePlan earlier = request.earlier();
        if (earlier == null || request.dropped().isEmpty()) {
            return Map.of();
        }
        return reading(
                earlier.script(),
                earlier.settings(),
                script -> script.operatorIds().entrySet().stream()
                        .filter(each -> request.dropped().stream()
                                .anyMatch(operator -> each.getKey().startsWith(operator + "_")))
                        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    private static void check(NewSubmission request) {
        if (request.jobId() == null || !request.jobId().matches("[0-9a-f]{32}")) {
            throw new GatewayException(Code.REQUEST_INVALID, "'jobId' must be 32 lower-case hexadecimal digits.");
        }
        if (request.script() == null || request.jobName() == null) {
            throw new GatewayException(Code.REQUEST_INVALID, "'script' and 'jobName' are required.");
        }
    }

    /** What state a script would keep if it were submitted. Submits nothing. */
    public StatePlan state(NewStatePlan request) {
        if (request.script() == null || request.settings() == null) {
            throw new GatewayException(Code.REQUEST_INVALID, "'script' and 'settings' are required.");
        }
        return reading(request.script(), request.settings(), JobScript::state);
    }

    /** Does something with a script in a session of its own. */
    private <T> T reading(String text, Map<String, String> options, Function<JobScript, T> work) {
        SqlSession session = sessions.fresh(null, null);
        session.lock().lock();
        try (session) {
            List<Piece> pieces = Script.split(text);
            return Mentions.during(session.catalogs(), pieces, () -> {
                JobScript script = new JobScript(session, options);
                script.read(pieces);
                return work.apply(script);
            });
        } finally {
            session.lock().unlock();
        }
    }

    private static Map<String, String> options(NewSubmission request) {
        Map<String, String> options = new HashMap<>();
        options.put("pipeline.name", request.jobName());
        if (request.settings() != null) {
            options.putAll(request.settings());
        }
        if (request.restorePath() != null) {
            options.put("execution.state-recovery.path", request.restorePath());
        }
        options.put("table.dml-sync", "false");
        options.put(JOB_ID, request.jobId());
        return options;
    }

    private static String submit(JobScript script, Function<JobScript, TableResultInternal> send) {
        TableResultInternal result;
        try {
            result = send.apply(script);
        } catch (RuntimeException e) {
            throw outcome(e, script);
        }
        return result.getJobClient()
                .map(JobClient::getJobID)
                .orElseThrow(() -> new GatewayException(Code.SQL_REFUSED, "This script starts no job."))
                .toString();
    }

    /** Which operator it is, as Flink numbers them. */
    private static String named(String text) {
        Matcher operator = OPERATOR.matcher(text);
        return operator.find() ? ", such as " + operator.group(1) : "";
    }

    private static GatewayException outcome(RuntimeException failure, JobScript script) {
        boolean sent = false;
        String last = "";
        for (Throwable next = failure; next != null; next = next.getCause()) {
            String text = next.getClass().getName() + ": " + next.getMessage();
            if (text.contains("DuplicateApplicationSubmissionException")
                    || text.contains("DuplicateJobSubmissionException")) {
                return new GatewayException(
                        Code.JOB_ALREADY_SUBMITTED,
                        "A job with this id was submitted before; it runs or has ended.",
                        List.of(),
                        failure);
            }
            if (text.contains(UNCLAIMED)) {
                return new GatewayException(
                        Code.SQL_REFUSED,
                        "The job was not started, because the state that it should go on from has operators that this"
                                + " script does not have" + named(text)
                                + ". Compare it with the version that wrote the state, or start the job empty.",
                        List.of(),
                        failure);
            }
            sent |= next instanceof TableException && "Failed to execute sql".equals(next.getMessage());
            last = String.valueOf(next.getMessage());
        }
        return sent
                ? new GatewayException(
                        Code.CLUSTER_UNAVAILABLE,
                        "The cluster did not confirm the job; it may or may not run. "
                                + last.lines().findFirst().orElse(""),
                        List.of(),
                        failure)
                : script.explain(failure);
    }
}
