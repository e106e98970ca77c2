package io.millrace.dist.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.access.NewToken;
import io.millrace.api.access.NewUser;
import io.millrace.api.client.MillraceClient;
import io.millrace.api.problem.Problem;
import io.millrace.api.sql.Completion;
import io.millrace.api.sql.CompletionRequest;
import io.millrace.api.sql.NewSqlSession;
import io.millrace.api.sql.NewSqlStatement;
import io.millrace.api.sql.ResultPage;
import io.millrace.api.sql.ResultRow;
import io.millrace.api.sql.SqlStatementState;
import io.millrace.api.sql.SqlStatementView;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** A session of one user that stays open, so that a change of rights counts in it or does not. */
final class Session {
    final MillraceClient client;
    private final String id;

    Session(MillraceClient client) {
        this.client = client;
        this.id = client.sql().open(new NewSqlSession(null, null, null)).id();
    }

    /** A session of a new user, made by the administrator whose session this is. {@code server} needs no token. */
    Session withUser(MillraceClient server, String name) {
        client.access().create(new NewUser(name, null, null, false, null));
        String token = client.access()
                .create(name, new NewToken("test", List.of(), null))
                .secret();
        return new Session(server.withToken(() -> token));
    }

    ResultPage ok(String sql) {
        ResultPage page = run(sql);
        assertThat(page.statement().state())
                .as("%s: %s", sql, page.statement().problem())
                .isEqualTo(SqlStatementState.FINISHED);
        return page;
    }

    /** What went wrong, if anything did. */
    @Nullable
    Problem tries(String sql) {
        return run(sql).statement().problem();
    }

    Problem fails(String sql) {
        Problem problem = tries(sql);
        assertThat(problem).as(sql).isNotNull();
        return problem;
    }

    /** The words that may stand at the end of an unfinished statement. */
    List<String> completions(String sql) {
        return client.sql().complete(id, new CompletionRequest(sql, sql.length())).items().stream()
                .map(Completion::text)
                .toList();
    }

    private ResultPage run(String sql) {
        SqlStatementView statement = client.sql().run(id, new NewSqlStatement(sql, null, null));
        List<ResultRow> rows = new ArrayList<>();
        ResultPage page = client.sql().rows(id, statement.id(), null, 1000, 5000);
        rows.addAll(page.items());
        while (page.nextPageToken() != null) {
            page = client.sql().rows(id, statement.id(), page.nextPageToken(), 1000, 5000);
            rows.addAll(page.items());
        }
        return new ResultPage(rows, null, page.statement());
    }
}
