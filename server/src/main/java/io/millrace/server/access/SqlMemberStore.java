package io.millrace.server.access;

import io.millrace.core.access.Grantee;
import io.millrace.core.access.Member;
import io.millrace.core.access.Role;
import io.millrace.core.access.Securable;
import org.jdbi.v3.core.Jdbi;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** Roles in workspaces, in PostgreSQL. */
final class SqlMemberStore {
    private static final String LIST = """
            SELECT coalesce(m.principal_id, m.group_id) AS id, coalesce(p.name, g.name) AS name,
                   m.group_id IS NOT NULL AS of_group, m.role, m.added_by, m.added_at
            FROM workspace_member m
            LEFT JOIN principal p ON p.id = m.principal_id
            LEFT JOIN access_group g ON g.id = m.group_id
            WHERE m.workspace_id = :workspace AND p.deleted_at IS NULL
            ORDER BY of_group, coalesce(p.name, g.name) COLLATE "C"
            """;

    private static final String PUT = """
            INSERT INTO workspace_member (workspace_id, principal_id, group_id, role, added_by, added_at)
            VALUES (:workspace, CAST(:principal AS uuid), CAST(:group AS uuid), :role, :by, :at)
            ON CONFLICT (workspace_id, principal_id, group_id)
                DO UPDATE SET role = :role, added_by = :by, added_at = :at
            """;

    private static final String REMOVE = """
            DELETE FROM workspace_member
            WHERE workspace_id = :workspace AND coalesce(principal_id, group_id) = :member
            """;

    /** Denials stay: they are not what lets anybody in. */
    private static final String REVOKE = """
            DELETE FROM access_grant
            WHERE coalesce(principal_id, group_id) = :member AND effect = 'ALLOW' AND :object = ANY (above || object)
            """;

    private final Jdbi jdbi;

    SqlMemberStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    List<Member> list(Securable workspace) {
        return jdbi.withHandle(handle -> handle.createQuery(LIST)
                .bind("workspace", id(workspace))
                .map((row, context) -> new Member(
                        new Grantee(
                                row.getBoolean("of_group") ? Grantee.Kind.GROUP : Grantee.Kind.USER,
                                row.getObject("id", UUID.class),
                                row.getString("name")),
                        Role.valueOf(row.getString("role")),
                        row.getString("added_by"),
                        row.getObject("added_at", OffsetDateTime.class).toInstant()))
                .list());
    }

    /** In place of the role that the member has, if any. */
    void put(Securable workspace, Member member) {
        boolean group = member.who().kind() == Grantee.Kind.GROUP;
        jdbi.useHandle(handle -> handle.createUpdate(PUT)
                .bind("workspace", id(workspace))
                .bind("principal", group ? null : member.who().id())
                .bind("group", group ? member.who().id() : null)
                .bind("role", member.role().name())
                .bind("by", member.by())
                .bind("at", member.at().atOffset(ZoneOffset.UTC))
                .execute());
    }

    /** With what the member was granted on the workspace and in it; false, and nothing is done, when it has no role. */
    boolean remove(Securable workspace, Grantee member) {
        return jdbi.inTransaction(handle -> {
            int removed = handle.createUpdate(REMOVE)
                    .bind("workspace", id(workspace))
                    .bind("member", member.id())
                    .execute();
            if (removed > 0) {
                handle.createUpdate(REVOKE)
                        .bind("member", member.id())
                        .bind("object", workspace.key())
                        .execute();
            }
            return removed > 0;
        });
    }

    private static UUID id(Securable workspace) {
        return UUID.fromString(workspace.id());
    }
}
