package io.millrace.flink.gateway;

import io.millrace.api.gateway.GatewayInfo;
import io.millrace.api.gateway.NewProof;
import io.millrace.api.gateway.NewStatePlan;
import io.millrace.api.gateway.NewSubmission;
import io.millrace.api.sql.CompletionRequest;
import io.millrace.api.sql.NewAnalysis;
import io.millrace.api.sql.NewSqlSession;
import io.millrace.api.sql.NewSqlStatement;
import io.millrace.flink.gateway.HttpApi.Answer;
import io.millrace.flink.gateway.analysis.Analyzer;
import io.millrace.flink.gateway.analysis.Completer;
import io.millrace.flink.gateway.problem.Code;
import io.millrace.flink.gateway.problem.GatewayException;
import io.millrace.flink.gateway.session.Sessions;
import io.millrace.flink.gateway.session.SqlSession;
import io.millrace.flink.gateway.submission.Submitter;
import org.apache.flink.runtime.util.EnvironmentInformation;

/** Which request does what. */
final class Routes {
    private final Sessions sessions;
    private final Submitter submitter;
    private final Analyzer analyzer;

    Routes(Sessions sessions) {
        this.sessions = sessions;
        this.submitter = new Submitter(sessions);
        this.analyzer = new Analyzer(sessions);
    }

    Answer route(Request request) {
        if (request.isHealth()) {
            return Answer.ok(new GatewayInfo(EnvironmentInformation.getVersion()));
        } else if (request.is("POST", "v1", "submissions")) {
            return Answer.created(submitter.submit(request.body(NewSubmission.class)));
        } else if (request.is("POST", "v1", "proofs")) {
            return Answer.created(submitter.prove(request.body(NewProof.class)));
        } else if (request.is("POST", "v1", "state-plans")) {
            return Answer.ok(submitter.state(request.body(NewStatePlan.class)));
        } else if (request.is("POST", "v1", "analyses")) {
            return Answer.ok(analyzer.analyse(request.body(NewAnalysis.class)));
        } else if (request.is("POST", "v1", "sessions", "*", "completions")) {
            CompletionRequest body = request.body(CompletionRequest.class);
            SqlSession session = sessions.get(request.segment(2));
            return Answer.ok(session.acting(() -> new Completer(session).complete(body)));
        } else if (request.is("POST", "v1", "sessions")) {
            return Answer.created(sessions.open(request.body(NewSqlSession.class)));
        } else if (request.is("DELETE", "v1", "sessions", "*")) {
            sessions.close(request.segment(2));
            return Answer.done();
        } else if (request.is("POST", "v1", "sessions", "*", "statements")) {
            return Answer.created(sessions.run(request.segment(2), request.body(NewSqlStatement.class)));
        }
        return statement(request);
    }

    private Answer statement(Request request) {
        if (request.is("GET", "v1", "sessions", "*", "statements", "*")) {
            return Answer.ok(sessions.statement(request.segment(2), request.segment(4)));
        } else if (request.is("DELETE", "v1", "sessions", "*", "statements", "*")) {
            sessions.forget(request.segment(2), request.segment(4));
            return Answer.done();
        } else if (request.is("GET", "v1", "sessions", "*", "statements", "*", "rows")) {
            Integer wait = request.number("waitMillis");
            return Answer.ok(sessions.page(
                    request.segment(2),
                    request.segment(4),
                    request.parameter("pageToken"),
                    request.number("pageSize"),
                    wait == null ? 0 : wait));
        }
        throw new GatewayException(Code.NOT_FOUND, "There is nothing at this address.");
    }
}
