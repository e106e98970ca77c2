package io.millrace.server.git;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import io.millrace.api.Json;
import io.millrace.api.git.GitJobView;
import io.millrace.api.git.GitProblemView;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.git.GitBinding;
import io.millrace.core.git.GitCommit;
import io.millrace.core.git.Pull;
import io.millrace.core.git.PullState;
import io.millrace.core.workspace.WorkspaceId;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Pulls in PostgreSQL, and the right to make one: one server at a time, for as long as it says that it is there. */
final class SqlPullStore {
    private static final int KEPT = 200;

    private static final String HOLD = """
            UPDATE git_binding SET epoch = epoch + 1,
                held_until = clock_timestamp() + make_interval(secs => :hold),
                due_at = clock_timestamp() + make_interval(secs => interval_ms / 1000.0)
            WHERE id = :binding AND version = :version AND held_until <= clock_timestamp()
                AND (NOT :due OR due_at <= clock_timestamp())
            RETURNING epoch
            """;

    private static final String RENEW = """
            UPDATE git_binding SET held_until = clock_timestamp() + make_interval(secs => :hold)
            WHERE id = :binding AND version = :version AND epoch = :epoch
            """;

    /** Whatever became of the binding meanwhile. */
    private static final String RELEASE = """
            UPDATE git_binding SET held_until = clock_timestamp() WHERE id = :binding AND epoch = :epoch
            """;

    private static final String REPEATED = """
            DELETE FROM git_pull p USING git_pull b
            WHERE p.number = :number AND p.asked_by IS NULL AND b.asked_by IS NULL
                AND b.number = (
                    SELECT max(number) FROM git_pull
                    WHERE workspace_id = p.workspace_id AND number < p.number AND NOT dry_run)
                AND b.state = p.state AND b.reason = p.reason AND b.problems = p.problems
                AND (b.commit_id, b.code) IS NOT DISTINCT FROM (p.commit_id, p.code)
            RETURNING b.number
            """;

    private final Jdbi jdbi;

    SqlPullStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** The right to pull, as long as nobody else has a higher epoch and the binding has this version. */
    record Held(UUID binding, WorkspaceId workspace, long version, long epoch) {}

    /** Empty when a pull is on its way, the binding changed or, if {@code due}, it is not time yet. */
    Optional<Held> hold(GitBinding binding, Duration hold, boolean due) {
        return jdbi.inTransaction(handle -> handle.createQuery(HOLD)
                .bind("binding", binding.id())
                .bind("version", binding.version())
                .bind("hold", hold.toSeconds())
                .bind("due", due)
                .mapTo(Long.class)
                .findOne()
                .map(epoch -> new Held(binding.id(), binding.workspace().id(), binding.version(), epoch)));
    }

    /** Gives the right back. */
    void release(Held held) {
        jdbi.useHandle(handle -> handle.createUpdate(RELEASE)
                .bind("binding", held.binding())
                .bind("epoch", held.epoch())
                .execute());
    }

    /** False when somebody else pulls, or the binding changed. */
    boolean renew(Held held, Duration hold) {
        return jdbi.withHandle(handle -> bind(handle.createUpdate(RENEW), held)
                        .bind("hold", hold.toSeconds())
                        .execute()
                == 1);
    }

    /** Whether this still counts; nobody else can pull until the transaction at hand ends. */
    boolean counts(Held held) {
        return jdbi.withHandle(handle -> bind(handle.createQuery("""
                                SELECT version = :version AND epoch = :epoch FROM git_binding
                                WHERE id = :binding FOR UPDATE
                                """), held)
                .mapTo(Boolean.class)
                .findOne()
                .orElse(false));
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Held held) {
        return statement
                .bind("binding", held.binding())
                .bind("version", held.version())
                .bind("epoch", held.epoch());
    }

    /** Writes that a pull begins; one that its server never ended was interrupted. Answers its number. */
    long begin(Held held, Optional<String> by, boolean dryRun, Instant now) {
        return jdbi.inTransaction(handle -> {
            handle.createUpdate("""
                            UPDATE git_pull SET state = 'INTERRUPTED', ended_at = :now,
                                reason = 'The server stopped in the middle; nothing was changed.'
                            WHERE workspace_id = :workspace AND state = 'RUNNING'
                            """)
                    .bind("workspace", held.workspace().value())
                    .bind("now", now.atOffset(ZoneOffset.UTC))
                    .execute();
            handle.createUpdate("""
                            DELETE FROM git_pull WHERE number IN (
                                SELECT number FROM git_pull WHERE workspace_id = :workspace
                                ORDER BY number DESC OFFSET :kept)
                            """)
                    .bind("workspace", held.workspace().value())
                    .bind("kept", KEPT - 1)
                    .execute();
            return handle.createQuery("""
                            INSERT INTO git_pull (workspace_id, asked_by, dry_run, state, reason, problems, jobs, started_at)
                            VALUES (:workspace, :by, :dryRun, 'RUNNING', '', '[]', '[]', :now)
                            RETURNING number
                            """)
                    .bind("workspace", held.workspace().value())
                    .bind("by", by.orElse(null))
                    .bind("dryRun", dryRun)
                    .bind("now", now.atOffset(ZoneOffset.UTC))
                    .mapTo(Long.class)
                    .one();
        });
    }

    /** Writes what came of a pull; false if it was not running any more. */
    boolean end(long number, PullState state, Optional<GitCommit> commit, Pull.Outcome outcome, Instant now) {
        if (!PullState.RUNNING.canBecome(state)) {
            throw new IllegalStateException("pull " + number + " cannot become " + state);
        }
        return jdbi.withHandle(handle -> handle.createUpdate("""
                                UPDATE git_pull SET state = :state, commit_id = :commit, commit_author = :author,
                                    commit_message = :message, code = :code, field = :field, reason = :reason,
                                    problems = :problems::jsonb, jobs = :jobs::jsonb, ended_at = :now
                                WHERE number = :number AND state = 'RUNNING'
                                """)
                        .bind("number", number)
                        .bind("state", state.name())
                        .bind("commit", commit.map(GitCommit::id).orElse(null))
                        .bind("author", commit.map(GitCommit::author).orElse(null))
                        .bind("message", commit.map(GitCommit::message).orElse(null))
                        .bind("code", outcome.code().map(Enum::name).orElse(null))
                        .bind("field", outcome.field().orElse(null))
                        .bind("reason", outcome.reason())
                        .bind("problems", Json.write(GitViews.problems(outcome)))
                        .bind("jobs", Json.write(GitViews.jobs(outcome)))
                        .bind("now", now.atOffset(ZoneOffset.UTC))
                        .execute()
                == 1);
    }

    /** Forgets a pull that came by itself and ended as the one before did; that one has lasted until now. */
    void forgetRepeated(long number, Instant now) {
        jdbi.useTransaction(handle -> handle.createQuery(REPEATED)
                .bind("number", number)
                .mapTo(Long.class)
                .findOne()
                .ifPresent(before -> handle.createUpdate("UPDATE git_pull SET ended_at = :now WHERE number = :number")
                        .bind("number", before)
                        .bind("now", now.atOffset(ZoneOffset.UTC))
                        .execute()));
    }

    /** The newest first, those before {@code before}. */
    List<Pull> list(WorkspaceId workspace, long before, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT number, asked_by, dry_run, state, commit_id, commit_author, commit_message, code, field, reason,
                            problems::text AS problems, jobs::text AS jobs, started_at, ended_at
                        FROM git_pull WHERE workspace_id = :workspace AND number < :before
                        ORDER BY number DESC LIMIT :limit
                        """)
                .bind("workspace", workspace.value())
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> pull(row))
                .list());
    }

    private static Pull pull(ResultSet row) throws SQLException {
        String commit = row.getString("commit_id");
        OffsetDateTime ended = row.getObject("ended_at", OffsetDateTime.class);
        var outcome = new Pull.Outcome(
                Optional.ofNullable(row.getString("code")).map(ErrorCode::valueOf),
                Optional.ofNullable(row.getString("field")),
                row.getString("reason"),
                list(row.getString("problems"), GitProblemView.class).stream()
                        .map(GitViews::problem)
                        .toList(),
                list(row.getString("jobs"), GitJobView.class).stream()
                        .map(GitViews::job)
                        .toList());
        return new Pull(
                row.getLong("number"),
                Optional.ofNullable(row.getString("asked_by")),
                row.getBoolean("dry_run"),
                PullState.valueOf(row.getString("state")),
                commit == null
                        ? Optional.empty()
                        : Optional.of(
                                new GitCommit(commit, row.getString("commit_author"), row.getString("commit_message"))),
                outcome,
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                ended == null ? Optional.empty() : Optional.of(ended.toInstant()));
    }

    private static <T> List<T> list(String json, Class<T> type) {
        try {
            JavaType list = Json.lenient().getTypeFactory().constructCollectionType(List.class, type);
            return Json.lenient().readValue(json, list);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("git_pull holds what this version does not know", e);
        }
    }
}
