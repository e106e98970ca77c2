package io.millrace.bench;

import io.millrace.api.access.GranteeKind;
import io.millrace.api.access.GranteeView;
import io.millrace.api.access.NewGrant;
import io.millrace.api.access.NewToken;
import io.millrace.api.access.NewUser;
import io.millrace.api.access.ObjectKind;
import io.millrace.api.access.ObjectPath;
import io.millrace.api.client.MillraceClient;
import io.millrace.api.client.SqlClient;
import io.millrace.api.sql.NewSqlSession;
import io.millrace.api.sql.NewSqlStatement;
import io.millrace.api.sql.ResultPage;

import java.net.URI;
import java.util.List;

/**
 * How long it takes until a right that is taken back on one server is missed in a session that is open on another, both
 * of one metastore: from the call that takes it back until the session's next statement is refused.
 *
 * <p>Run by {@code bench/analysis}, which starts both.
 */
public final class RevocationBenchmark {
    private static final String STATEMENT = "EXPLAIN SELECT * FROM kafka.main.watched";
    private static final int WARM_UP = 10;
    private static final int WAIT_MILLIS = 10_000;

    private final SqlClient reader;
    private final String session;

    private RevocationBenchmark(SqlClient reader) {
        this.reader = reader;
        this.session = reader.open(new NewSqlSession(null, null, null)).id();
    }

    /** Arguments: the addresses of two servers, and how many times. */
    public static void main(String[] args) {
        if (args.length != 3) {
            throw new IllegalArgumentException("usage: SERVER OTHER_SERVER TIMES");
        }
        MillraceClient admin = MillraceClient.at(URI.create(args[0])).withToken(Api::token);
        new RevocationBenchmark(admin.sql()).statement(Topics.ddl("kafka.main.watched", "'topic' = 'watched'"));
        admin.access().create(new NewUser("watcher", null, null, null, null));
        String token = admin.access()
                .create("watcher", new NewToken("bench", null, null))
                .secret();
        MillraceClient watcher = MillraceClient.at(URI.create(args[1])).withToken(() -> token);
        new RevocationBenchmark(watcher.sql()).compare(admin, Integer.parseInt(args[2]));
    }

    private void compare(MillraceClient admin, int times) {
        ObjectPath table = new ObjectPath(ObjectKind.TABLE, List.of("kafka", "main", "watched"));
        NewGrant read = new NewGrant(new GranteeView(GranteeKind.USER, "watcher"), table, List.of("READ"), null);
        Times refused = new Times("from REVOKE on one server to the refusal on the other");
        Times allowed = new Times("the statement while it is allowed");
        for (int i = 0; i < WARM_UP + times; i++) {
            admin.grants().grant(read);
            var before = Api.time(() -> require(true));
            int[] late = {0};
            var after = Api.time(() -> {
                admin.grants().revoke(read);
                while (!isRefused()) {
                    late[0]++;
                }
            });
            if (late[0] > 0) {
                System.out.println("ran " + late[0] + " times after it was taken back");
            }
            if (i >= WARM_UP) {
                allowed.add(before);
                refused.add(after);
            }
        }
        System.out.println("| a right is taken back, ms | n | p50 | p95 | p99 | max |");
        System.out.println("|---|---:|---:|---:|---:|---:|");
        List.of(refused, allowed).forEach(each -> System.out.println(each.preciseRow()));
        System.out.println();
    }

    private void require(boolean allowed) {
        if (isRefused() == allowed) {
            throw new IllegalStateException("the right that was given is not there");
        }
    }

    private boolean isRefused() {
        return statement(STATEMENT).statement().problem() != null;
    }

    private ResultPage statement(String sql) {
        String id = reader.run(session, new NewSqlStatement(sql, null, null)).id();
        return reader.rows(session, id, null, 100, WAIT_MILLIS);
    }
}
