package io.millrace.server.access;

import static io.millrace.server.access.TestPrincipals.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.access.Effect;
import io.millrace.core.access.Grant;
import io.millrace.core.access.Grantee;
import io.millrace.core.access.Group;
import io.millrace.core.access.Principal;
import io.millrace.core.access.PrincipalName;
import io.millrace.core.access.Privilege;
import io.millrace.core.access.Securable;
import io.millrace.testkit.TestPostgres;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Whose rights are read again after which change, on a real PostgreSQL. */
class GrantEpochIT {
    private static final Securable CATALOG = Securable.top(Securable.Kind.CATALOG, "kafka", "kafka");

    private final Principal ann = user("ann");
    private final Principal bob = user("bob");
    private final Group team = new Group(UUID.randomUUID(), new PrincipalName("team"), "", "test", Instant.EPOCH);
    private Jdbi jdbi;
    private SqlGrantStore grants;
    private SqlGroupStore groups;

    @BeforeEach
    void migrate() {
        var source = TestPostgres.createDatabase().dataSource();
        Flyway.configure().dataSource(source).load().migrate();
        jdbi = Jdbi.create(source);
        grants = new SqlGrantStore(jdbi);
        groups = new SqlGroupStore(jdbi);
        var principals = new SqlPrincipalStore(jdbi);
        principals.insert(ann, Optional.empty());
        principals.insert(bob, Optional.empty());
        groups.insert(team);
    }

    @Test
    void aGrantIsItsGranteesAlone() {
        changes(() -> grant(Grantee.Kind.USER, ann.id(), Privilege.READ), ann);
        changes(() -> grant(Grantee.Kind.USER, ann.id(), Privilege.READ)); // is there already
        changes(() -> revoke(Grantee.Kind.USER, ann.id()), ann);
        changes(() -> revoke(Grantee.Kind.USER, ann.id())); // is gone already
    }

    @Test
    void aGroupsGrantIsItsMembers() {
        changes(() -> groups.add(team.id(), bob.id()), bob);
        changes(() -> grant(Grantee.Kind.GROUP, team.id(), Privilege.READ), bob);
        changes(() -> groups.add(team.id(), ann.id()), ann);
        changes(() -> revoke(Grantee.Kind.GROUP, team.id()), ann, bob);
        changes(() -> groups.remove(team.id(), ann.id()), ann);
        changes(() -> grant(Grantee.Kind.GROUP, team.id(), Privilege.READ), bob);
        changes(() -> groups.delete(team.id()), bob);
        changes(() -> grant(Grantee.Kind.GROUP, Group.EVERYONE, Privilege.READ), ann, bob);
    }

    @Test
    void aRoleIsItsHolders() {
        changes(
                () -> sql("INSERT INTO workspace_member VALUES ('00000000-0000-0000-0000-000000000001', '" + ann.id()
                        + "', NULL, 'VIEWER', 'test', now())"),
                ann);
        changes(() -> sql("UPDATE workspace_member SET role = 'OWNER'"), ann);
        changes(() -> sql("UPDATE workspace_member SET principal_id = '" + bob.id() + "'"), ann, bob);
        changes(() -> sql("DELETE FROM workspace_member"), bob);
    }

    @Test
    void whatHasNoRowsIsEverybodys() {
        changes(() -> sql("TRUNCATE access_grant"), ann, bob);
    }

    @Test
    void whoseRightsDidNotChangeKeepsThem() {
        var authorizer = new Authorizer(grants);
        var annsRights = authorizer.rights(ann, epoch(ann));
        var bobsRights = authorizer.rights(bob, epoch(bob));

        grant(Grantee.Kind.USER, ann.id(), Privilege.READ);

        assertThat(authorizer.rights(bob, epoch(bob))).isSameAs(bobsRights);
        assertThat(authorizer.rights(ann, epoch(ann))).isNotSameAs(annsRights);
        assertThat(authorizer.rights(ann, epoch(ann)).may(Privilege.READ, CATALOG))
                .isTrue();
    }

    private void changes(Runnable change, Principal... whose) {
        long annsEpoch = epoch(ann);
        long bobsEpoch = epoch(bob);
        change.run();
        assertThat(epoch(ann) > annsEpoch).as("ann's").isEqualTo(Set.of(whose).contains(ann));
        assertThat(epoch(bob) > bobsEpoch).as("bob's").isEqualTo(Set.of(whose).contains(bob));
    }

    private long epoch(Principal principal) {
        return grants.rules(principal.id()).epoch();
    }

    private void grant(Grantee.Kind kind, UUID to, Privilege privilege) {
        Grantee grantee = new Grantee(kind, to, "somebody");
        grants.add(List.of(new Grant(grantee, CATALOG, privilege, Effect.ALLOW, "test", Instant.EPOCH)));
    }

    private void revoke(Grantee.Kind kind, UUID from) {
        int unused = grants.remove(
                List.of(new Grantee(kind, from, "somebody")), CATALOG, List.of(Privilege.READ), Effect.ALLOW);
    }

    private void sql(String statement) {
        jdbi.useHandle(handle -> handle.execute(statement));
    }
}
