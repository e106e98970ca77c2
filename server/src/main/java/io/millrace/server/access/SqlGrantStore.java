package io.millrace.server.access;

import io.millrace.core.access.Effect;
import io.millrace.core.access.Grant;
import io.millrace.core.access.GrantStore;
import io.millrace.core.access.Grantee;
import io.millrace.core.access.Group;
import io.millrace.core.access.Privilege;
import io.millrace.core.access.Role;
import io.millrace.core.access.Rule;
import io.millrace.core.access.Securable;
import io.millrace.core.workspace.WorkspaceId;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** {@link GrantStore} in PostgreSQL. */
final class SqlGrantStore implements GrantStore {
    /** The epoch of the last change of what principal {@code p} may do, for a query; 0 before the first one. */
    static final String EPOCH_OF_P = """
            (SELECT coalesce(max(a.epoch), 0) FROM access_change a
             WHERE a.grantee_id = ANY (ARRAY(SELECT m.group_id FROM access_member m WHERE m.principal_id = p.id)
                                       || p.id || '%s'::uuid)) AS epoch
            """.formatted(Group.EVERYONE);

    private static final String EPOCH = "SELECT " + EPOCH_OF_P + " FROM (SELECT CAST(:principal AS uuid) AS id) p";

    private static final String RULES = """
            SELECT object, above, privilege, effect FROM access_grant
            WHERE principal_id = :principal OR group_id = :everyone
               OR group_id IN (SELECT group_id FROM access_member WHERE principal_id = :principal)
            """;

    private static final String ROLES = """
            SELECT workspace_id, role FROM workspace_member
            WHERE principal_id = :principal OR group_id = :everyone
               OR group_id IN (SELECT group_id FROM access_member WHERE principal_id = :principal)
            """;

    private static final String INSERT = """
            INSERT INTO access_grant
                (principal_id, group_id, object, above, privilege, effect, granted_by, granted_at)
            VALUES (CAST(:principal AS uuid), CAST(:group AS uuid), :object, :above, :privilege, :effect, :by, :at)
            ON CONFLICT DO NOTHING
            """;

    private static final String DELETE = """
            DELETE FROM access_grant
            WHERE coalesce(principal_id, group_id) = ANY(:grantees) AND object = :object AND effect = :effect
              AND privilege = ANY(:privileges)
            """;

    private static final String LIST = """
            SELECT a.object, a.above, a.privilege, a.effect, a.granted_by, a.granted_at,
                   coalesce(a.principal_id, a.group_id) AS grantee_id, coalesce(p.name, g.name) AS grantee_name,
                   a.group_id IS NOT NULL AS of_group
            FROM access_grant a
            LEFT JOIN principal p ON p.id = a.principal_id
            LEFT JOIN access_group g ON g.id = a.group_id
            WHERE p.deleted_at IS NULL
              AND (CAST(:grantee AS uuid) IS NULL OR coalesce(a.principal_id, a.group_id) = CAST(:grantee AS uuid))
              AND (CAST(:object AS text) IS NULL OR a.object = CAST(:object AS text))
            ORDER BY a.object, grantee_name, a.privilege, a.effect OFFSET :offset LIMIT :limit
            """;

    private static final String GRANTORS = """
            WITH held AS (
                SELECT principal_id, group_id, privilege, effect FROM access_grant
                WHERE object = ANY(:chain) AND privilege IN ('GRANT', :wanted)
                UNION ALL
                SELECT principal_id, group_id, 'GRANT', 'ALLOW' FROM workspace_member
                WHERE 'workspace:' || workspace_id = ANY(:chain) AND role = ANY(:granting)
                UNION ALL
                SELECT principal_id, group_id, CAST(:wanted AS text), 'ALLOW' FROM workspace_member
                WHERE 'workspace:' || workspace_id = ANY(:chain) AND role = ANY(:having))
            SELECT coalesce(a.principal_id, a.group_id) AS grantee_id,
                   coalesce(p.name, g.name) AS grantee_name, a.group_id IS NOT NULL AS of_group
            FROM held a
            LEFT JOIN principal p ON p.id = a.principal_id
            LEFT JOIN access_group g ON g.id = a.group_id
            WHERE p.deleted_at IS NULL AND NOT coalesce(p.disabled, false)
            GROUP BY a.principal_id, a.group_id, p.name, g.name
            HAVING bool_or(a.privilege = 'GRANT') AND bool_or(a.privilege = :wanted) AND bool_and(a.effect = 'ALLOW')
            ORDER BY grantee_name LIMIT 5
            """;

    private final Jdbi jdbi;

    SqlGrantStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public Rules rules(UUID principal) {
        // One snapshot: an epoch that is older than the rules only has them read once more, a newer one would hide
        // some.
        return jdbi.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, handle -> {
            long epoch = handle.createQuery(EPOCH)
                    .bind("principal", principal)
                    .mapTo(Long.class)
                    .one();
            List<Rule> rules = handle.createQuery(RULES)
                    .bind("principal", principal)
                    .bind("everyone", Group.EVERYONE)
                    .map((row, context) -> new Rule(
                            row.getString("object"),
                            above(row),
                            Privilege.valueOf(row.getString("privilege")),
                            Effect.valueOf(row.getString("effect"))))
                    .collect(Collectors.toCollection(ArrayList::new));
            handle.createQuery(ROLES)
                    .bind("principal", principal)
                    .bind("everyone", Group.EVERYONE)
                    .map((row, context) -> rules(
                            new WorkspaceId(row.getObject("workspace_id", UUID.class)),
                            Role.valueOf(row.getString("role"))))
                    .forEach(rules::addAll);
            return new Rules(epoch, rules);
        });
    }

    /** A role counts as grants of its privileges. */
    static List<Rule> rules(WorkspaceId workspace, Role role) {
        Securable object = workspace.object("");
        return role.privileges().stream()
                .map(privilege -> new Rule(object.key(), object.above(), privilege, Effect.ALLOW))
                .toList();
    }

    @Override
    public void add(Collection<Grant> grants) {
        jdbi.useTransaction(handle -> {
            PreparedBatch batch = handle.prepareBatch(INSERT);
            for (Grant grant : grants) {
                boolean group = grant.to().kind() == Grantee.Kind.GROUP;
                batch.bind("principal", group ? null : grant.to().id())
                        .bind("group", group ? grant.to().id() : null)
                        .bind("object", grant.on().key())
                        .bindArray("above", String.class, grant.on().above())
                        .bind("privilege", grant.privilege().name())
                        .bind("effect", grant.effect().name())
                        .bind("by", grant.by())
                        .bind("at", grant.at().atOffset(ZoneOffset.UTC))
                        .add();
            }
            batch.execute();
        });
    }

    @Override
    public int remove(Collection<Grantee> from, Securable on, Collection<Privilege> privileges, Effect effect) {
        return jdbi.withHandle(handle -> handle.createUpdate(DELETE)
                .bindArray(
                        "grantees", UUID.class, from.stream().map(Grantee::id).toArray())
                .bind("object", on.key())
                .bind("effect", effect.name())
                .bindArray(
                        "privileges",
                        String.class,
                        privileges.stream().map(Privilege::name).toArray())
                .execute());
    }

    @Override
    public List<Grant> list(Optional<Grantee> to, Optional<Securable> on, long offset, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(LIST)
                .bind("grantee", to.map(Grantee::id).orElse(null))
                .bind("object", on.map(Securable::key).orElse(null))
                .bind("offset", offset)
                .bind("limit", limit)
                .map((row, context) -> grant(row))
                .list());
    }

    @Override
    public List<Grantee> grantors(Securable on, Privilege wanted) {
        return jdbi.withHandle(handle -> handle.createQuery(GRANTORS)
                .bindArray("chain", String.class, on.chain())
                .bind("wanted", wanted.name())
                .bindArray("granting", String.class, rolesWith(Privilege.GRANT))
                .bindArray("having", String.class, rolesWith(wanted))
                .map((row, context) -> grantee(row))
                .list());
    }

    private static Object[] rolesWith(Privilege privilege) {
        return Arrays.stream(Role.values())
                .filter(role -> role.privileges().contains(privilege))
                .map(Role::name)
                .toArray();
    }

    private static Grant grant(ResultSet row) throws SQLException {
        return new Grant(
                grantee(row),
                Securable.of(row.getString("object"), above(row)),
                Privilege.valueOf(row.getString("privilege")),
                Effect.valueOf(row.getString("effect")),
                row.getString("granted_by"),
                row.getObject("granted_at", OffsetDateTime.class).toInstant());
    }

    private static Grantee grantee(ResultSet row) throws SQLException {
        return new Grantee(
                row.getBoolean("of_group") ? Grantee.Kind.GROUP : Grantee.Kind.USER,
                row.getObject("grantee_id", UUID.class),
                row.getString("grantee_name"));
    }

    private static List<String> above(ResultSet row) throws SQLException {
        return List.of((String[]) row.getArray("above").getArray());
    }
}
