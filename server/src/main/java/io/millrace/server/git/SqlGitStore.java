package io.millrace.server.git;

import io.millrace.core.connection.SecretOrigin;
import io.millrace.core.connection.StoredSecret;
import io.millrace.core.git.GitAddress;
import io.millrace.core.git.GitBinding;
import io.millrace.core.git.GitSource;
import io.millrace.core.job.Author;
import io.millrace.core.job.JobId;
import io.millrace.core.workspace.WorkspaceId;
import io.millrace.core.workspace.WorkspaceName;
import io.millrace.core.workspace.WorkspaceRef;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Bindings in PostgreSQL, and which jobs came from them. */
final class SqlGitStore {
    private static final String SELECT = """
            SELECT b.id, b.workspace_id, w.name AS workspace, b.url, b.branch, b.folder, b.interval_ms, b.user_name,
                b.host_key, b.ca_certificate, b.acts_as, b.acts_as_name, b.version, b.set_at, b.pulled_commit
            FROM git_binding b JOIN workspace w ON w.id = b.workspace_id
            """;

    private static final String INSERT = """
            INSERT INTO git_binding (id, workspace_id, url, branch, folder, interval_ms, user_name, host_key,
                ca_certificate, acts_as, acts_as_name, version, set_at, pulled_commit, due_at)
            VALUES (:id, :workspace, :url, :branch, :folder, :interval, :user, :hostKey, :ca, :actsAs, :actsAsName,
                :version, :at, '', CASE WHEN CAST(:interval AS bigint) IS NULL THEN NULL ELSE clock_timestamp() END)
            ON CONFLICT (workspace_id) DO NOTHING
            """;

    private static final String UPDATE = """
            UPDATE git_binding SET url = :url, branch = :branch, folder = :folder, interval_ms = :interval,
                user_name = :user, host_key = :hostKey, ca_certificate = :ca, acts_as = :actsAs,
                acts_as_name = :actsAsName, version = :version, set_at = :at, pulled_commit = '',
                due_at = CASE WHEN CAST(:interval AS bigint) IS NULL THEN NULL ELSE clock_timestamp() END
            WHERE id = :id AND version = :version - 1
            """;

    private final Jdbi jdbi;

    SqlGitStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** A job that came from Git. */
    record Bound(JobId job, String name, String file, String commit, long version) {}

    Optional<GitBinding> find(WorkspaceId workspace) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + "WHERE b.workspace_id = :workspace")
                .bind("workspace", workspace.value())
                .map((row, context) -> binding(row, secrets(handle, row.getObject("id", UUID.class))))
                .findOne());
    }

    /** All that have secrets. */
    List<GitBinding> all() {
        return jdbi.withHandle(handle ->
                handle
                        .createQuery(SELECT)
                        .map((row, context) -> row.getObject("workspace_id", UUID.class))
                        .list()
                        .stream()
                        .flatMap(id -> find(new WorkspaceId(id)).stream())
                        .toList());
    }

    /** Those whose next look is due, and at which no server looks. */
    List<WorkspaceId> due(int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT workspace_id FROM git_binding
                        WHERE due_at <= clock_timestamp() AND held_until <= clock_timestamp()
                        ORDER BY due_at LIMIT :most
                        """)
                .bind("most", most)
                .mapTo(UUID.class)
                .map(WorkspaceId::new)
                .list());
    }

    /** False when it changed since its version was read. What an open pull does is not counted any more. */
    boolean put(GitBinding next) {
        return jdbi.inTransaction(handle -> {
            GitSource source = next.source();
            boolean done = handle.createUpdate(next.version() == 1 ? INSERT : UPDATE)
                            .bind("id", next.id())
                            .bind("workspace", next.workspace().id().value())
                            .bind("url", source.address().toString())
                            .bind("branch", source.branch())
                            .bind("folder", source.folder())
                            .bind(
                                    "interval",
                                    source.interval().map(Duration::toMillis).orElse(null))
                            .bind("user", source.userName().orElse(null))
                            .bind("hostKey", source.hostKey().orElse(null))
                            .bind("ca", source.caCertificate().orElse(null))
                            .bind("actsAs", next.actsAs().id())
                            .bind("actsAsName", next.actsAs().name())
                            .bind("version", next.version())
                            .bind("at", next.setAt().atOffset(ZoneOffset.UTC))
                            .execute()
                    == 1;
            if (done) {
                putSecrets(handle, next.id(), next.secrets());
            }
            return done;
        });
    }

    /** The same secrets, sealed anew; false when the binding changed meanwhile. */
    boolean reseal(GitBinding binding, Map<String, StoredSecret> secrets) {
        return jdbi.inTransaction(handle -> {
            boolean same = handle.createQuery("SELECT version = :version FROM git_binding WHERE id = :id FOR UPDATE")
                    .bind("id", binding.id())
                    .bind("version", binding.version())
                    .mapTo(Boolean.class)
                    .findOne()
                    .orElse(false);
            if (same) {
                putSecrets(handle, binding.id(), secrets);
            }
            return same;
        });
    }

    /** The jobs stay, and the history of pulls does. */
    boolean delete(GitBinding binding) {
        return jdbi.withHandle(
                handle -> handle.createUpdate("DELETE FROM git_binding WHERE id = :id AND version = :version")
                                .bind("id", binding.id())
                                .bind("version", binding.version())
                                .execute()
                        == 1);
    }

    /** Those that came from this workspace's binding, by name. */
    List<Bound> jobs(WorkspaceId workspace) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT g.job_id, j.name, g.file, g.commit_id, g.version
                        FROM git_job g JOIN job j ON j.id = g.job_id AND j.deleted_at IS NULL
                        WHERE g.workspace_id = :workspace ORDER BY j.name COLLATE "C"
                        """)
                .bind("workspace", workspace.value())
                .map((row, context) -> new Bound(
                        new JobId(row.getObject("job_id", UUID.class)),
                        row.getString("name"),
                        row.getString("file"),
                        row.getString("commit_id"),
                        row.getLong("version")))
                .list());
    }

    /** From here on, these and no others are what the binding's commit says. */
    void bind(WorkspaceId workspace, String commit, List<Bound> jobs) {
        jdbi.useTransaction(handle -> {
            handle.createUpdate("DELETE FROM git_job WHERE workspace_id = :workspace")
                    .bind("workspace", workspace.value())
                    .execute();
            jobs.forEach(job -> handle.createUpdate("""
                            INSERT INTO git_job (job_id, workspace_id, file, commit_id, version)
                            VALUES (:job, :workspace, :file, :commit, :version)
                            """)
                    .bind("job", job.job().value())
                    .bind("workspace", workspace.value())
                    .bind("file", job.file())
                    .bind("commit", job.commit())
                    .bind("version", job.version())
                    .execute());
            handle.createUpdate("UPDATE git_binding SET pulled_commit = :commit WHERE workspace_id = :workspace")
                    .bind("workspace", workspace.value())
                    .bind("commit", commit)
                    .execute();
        });
    }

    private static void putSecrets(Handle handle, UUID binding, Map<String, StoredSecret> secrets) {
        handle.createUpdate("DELETE FROM git_secret WHERE binding_id = :binding")
                .bind("binding", binding)
                .execute();
        secrets.forEach((field, secret) -> handle.createUpdate("""
                        INSERT INTO git_secret (binding_id, field, origin, content, key_id)
                        VALUES (:binding, :field, :origin, :content, :key)
                        """)
                .bind("binding", binding)
                .bind("field", field)
                .bind("origin", secret.origin().name())
                .bind("content", secret.content())
                .bind("key", secret.keyId().orElse(null))
                .execute());
    }

    private static Map<String, StoredSecret> secrets(Handle handle, UUID binding) {
        Map<String, StoredSecret> secrets = new HashMap<>();
        handle.createQuery("SELECT field, origin, content, key_id FROM git_secret WHERE binding_id = :binding")
                .bind("binding", binding)
                .map((row, context) -> Map.entry(
                        row.getString("field"),
                        new StoredSecret(
                                SecretOrigin.valueOf(row.getString("origin")),
                                row.getString("content"),
                                Optional.ofNullable(row.getString("key_id")))))
                .forEach(each -> secrets.put(each.getKey(), each.getValue()));
        return secrets;
    }

    private static GitBinding binding(ResultSet row, Map<String, StoredSecret> secrets) throws SQLException {
        long interval = row.getLong("interval_ms");
        Optional<Duration> every = row.wasNull() ? Optional.empty() : Optional.of(Duration.ofMillis(interval));
        return new GitBinding(
                row.getObject("id", UUID.class),
                new WorkspaceRef(
                        new WorkspaceId(row.getObject("workspace_id", UUID.class)),
                        new WorkspaceName(row.getString("workspace"))),
                new GitSource(
                        GitAddress.parse(row.getString("url")),
                        row.getString("branch"),
                        row.getString("folder"),
                        every,
                        Optional.ofNullable(row.getString("user_name")),
                        Optional.ofNullable(row.getString("host_key")),
                        Optional.ofNullable(row.getString("ca_certificate"))),
                secrets,
                new Author(row.getObject("acts_as", UUID.class), row.getString("acts_as_name")),
                row.getLong("version"),
                row.getObject("set_at", OffsetDateTime.class).toInstant(),
                row.getString("pulled_commit"));
    }
}
