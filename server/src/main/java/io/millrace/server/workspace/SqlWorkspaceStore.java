package io.millrace.server.workspace;

import io.millrace.core.workspace.Workspace;
import io.millrace.core.workspace.WorkspaceId;
import io.millrace.core.workspace.WorkspaceName;
import io.millrace.core.workspace.WorkspaceRef;
import org.jdbi.v3.core.Jdbi;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Workspaces in PostgreSQL. */
final class SqlWorkspaceStore {
    private static final String SELECT = "SELECT id, name, comment, version, created_by, created_at FROM workspace ";

    private static final String INSERT = """
            INSERT INTO workspace (id, name, comment, version, created_by, created_at)
            VALUES (:id, :name, :comment, :version, :by, :at) ON CONFLICT (name) DO NOTHING
            """;

    private static final String UPDATE = """
            UPDATE workspace SET comment = :comment, version = :version WHERE id = :id AND version = :version - 1
            """;

    private final Jdbi jdbi;

    SqlWorkspaceStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** False when there is a workspace of this name. */
    boolean insert(Workspace made) {
        return jdbi.withHandle(handle -> handle.createUpdate(INSERT)
                        .bind("id", made.ref().id().value())
                        .bind("name", made.name().value())
                        .bind("comment", made.comment())
                        .bind("version", made.version())
                        .bind("by", made.createdBy())
                        .bind("at", made.createdAt().atOffset(ZoneOffset.UTC))
                        .execute()
                == 1);
    }

    /** False when it changed or went meanwhile. */
    boolean update(Workspace next) {
        return jdbi.withHandle(handle -> handle.createUpdate(UPDATE)
                        .bind("id", next.ref().id().value())
                        .bind("comment", next.comment())
                        .bind("version", next.version())
                        .execute()
                == 1);
    }

    /** Deletes it with who is in it and what was granted on it; false, and nothing is done, when it has jobs. */
    boolean delete(WorkspaceId workspace) {
        return jdbi.inTransaction(handle -> {
            // Whoever makes a job in it waits from here on; what was made before is seen by the next statement.
            handle.createQuery("SELECT id FROM workspace WHERE id = :id FOR UPDATE")
                    .bind("id", workspace.value())
                    .mapTo(UUID.class)
                    .findOne();
            boolean used = handle.createQuery("SELECT EXISTS (SELECT FROM job WHERE workspace_id = :id)")
                    .bind("id", workspace.value())
                    .mapTo(Boolean.class)
                    .one();
            if (!used) {
                handle.createUpdate("DELETE FROM workspace WHERE id = :id")
                        .bind("id", workspace.value())
                        .execute();
            }
            return !used;
        });
    }

    Optional<Workspace> find(WorkspaceName name) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + "WHERE name = :name")
                .bind("name", name.value())
                .map((row, context) -> workspace(row))
                .findOne());
    }

    /** Sorted by name. */
    List<Workspace> list() {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + "ORDER BY name COLLATE \"C\"")
                .map((row, context) -> workspace(row))
                .list());
    }

    private static Workspace workspace(ResultSet row) throws SQLException {
        return new Workspace(
                new WorkspaceRef(
                        new WorkspaceId(row.getObject("id", UUID.class)), new WorkspaceName(row.getString("name"))),
                row.getString("comment"),
                row.getLong("version"),
                row.getString("created_by"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
