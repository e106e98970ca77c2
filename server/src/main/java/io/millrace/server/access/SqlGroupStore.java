package io.millrace.server.access;

import io.millrace.core.access.Group;
import io.millrace.core.access.GroupStore;
import io.millrace.core.access.PrincipalName;
import org.jdbi.v3.core.Jdbi;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** {@link GroupStore} in PostgreSQL. */
final class SqlGroupStore implements GroupStore {
    private static final String INSERT = """
            INSERT INTO access_group (id, name, comment, created_by, created_at)
            VALUES (:id, :name, :comment, :by, :at) ON CONFLICT (name) DO NOTHING
            """;

    private static final String SELECT = "SELECT id, name, comment, created_by, created_at FROM access_group ";

    private static final String MEMBERS = """
            SELECT p.name FROM access_member m JOIN principal p ON p.id = m.principal_id
            WHERE m.group_id = :group AND p.deleted_at IS NULL ORDER BY p.name COLLATE "C"
            """;

    private final Jdbi jdbi;

    SqlGroupStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public boolean insert(Group group) {
        return jdbi.withHandle(handle -> handle.createUpdate(INSERT)
                        .bind("id", group.id())
                        .bind("name", group.name().value())
                        .bind("comment", group.comment())
                        .bind("by", group.createdBy())
                        .bind("at", group.createdAt().atOffset(ZoneOffset.UTC))
                        .execute()
                == 1);
    }

    @Override
    public void delete(UUID group) {
        jdbi.useHandle(handle -> handle.createUpdate("DELETE FROM access_group WHERE id = :id")
                .bind("id", group)
                .execute());
    }

    @Override
    public Optional<Group> find(PrincipalName name) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + "WHERE name = :name")
                .bind("name", name.value())
                .map((row, context) -> group(row))
                .findOne());
    }

    @Override
    public List<Group> list() {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + "ORDER BY name COLLATE \"C\"")
                .map((row, context) -> group(row))
                .list());
    }

    @Override
    public List<String> members(UUID group) {
        return jdbi.withHandle(handle -> handle.createQuery(MEMBERS)
                .bind("group", group)
                .mapTo(String.class)
                .list());
    }

    @Override
    public void add(UUID group, UUID principal) {
        change(
                "INSERT INTO access_member (group_id, principal_id) VALUES (:group, :principal) ON CONFLICT DO NOTHING",
                group,
                principal);
    }

    @Override
    public void remove(UUID group, UUID principal) {
        change("DELETE FROM access_member WHERE group_id = :group AND principal_id = :principal", group, principal);
    }

    private void change(String sql, UUID group, UUID principal) {
        jdbi.useHandle(handle -> handle.createUpdate(sql)
                .bind("group", group)
                .bind("principal", principal)
                .execute());
    }

    private static Group group(ResultSet row) throws SQLException {
        return new Group(
                row.getObject("id", UUID.class),
                new PrincipalName(row.getString("name")),
                row.getString("comment"),
                row.getString("created_by"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
