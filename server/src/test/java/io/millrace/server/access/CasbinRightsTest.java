package io.millrace.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.access.Effect;
import io.millrace.core.access.Privilege;
import io.millrace.core.access.Role;
import io.millrace.core.access.Rule;
import io.millrace.core.access.Securable;
import io.millrace.core.access.Securable.Kind;
import io.millrace.core.workspace.WorkspaceId;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** What grants mean: an oracle of a few lines agrees with jCasbin on random ones, and examples say why. */
class CasbinRightsTest {
    private static final Securable KAFKA = Securable.top(Kind.CATALOG, "kafka", "kafka");
    private static final Securable REGION = KAFKA.child(Kind.DATABASE, "kafka/region1", "kafka.region1");
    private static final Securable ORDERS = REGION.child(Kind.TABLE, "t1", "kafka.region1.orders");
    private static final Securable SECRET = REGION.child(Kind.TABLE, "t2", "kafka.region1.secret");

    @Test
    void whatIsGrantedAboveCountsBelowAndADenialWins() {
        var rights = rights(
                rule(KAFKA, Privilege.READ, Effect.ALLOW),
                rule(SECRET, Privilege.READ, Effect.DENY),
                rule(SECRET, Privilege.READ, Effect.ALLOW));

        assertThat(rights.may(Privilege.READ, ORDERS)).isTrue();
        assertThat(rights.may(Privilege.WRITE, ORDERS)).isFalse();
        assertThat(rights.may(Privilege.READ, SECRET)).isFalse();
        assertThat(rights.may(Privilege.DESCRIBE, SECRET))
                .as("only READ is denied")
                .isTrue();
        assertThat(rights.below(REGION)).containsExactly(SECRET.key());
    }

    @Test
    void whatIsAllowedShowsTheWayToIt() {
        var rights = rights(rule(ORDERS, Privilege.READ, Effect.ALLOW));

        assertThat(rights.may(Privilege.DESCRIBE, ORDERS)).isTrue();
        assertThat(rights.sees(REGION)).isTrue();
        assertThat(rights.sees(KAFKA)).isTrue();
        assertThat(rights.may(Privilege.DESCRIBE, REGION)).isFalse();
        assertThat(rights.may(Privilege.DESCRIBE, SECRET)).isFalse();
        assertThat(rights.sees(Securable.top(Kind.CATALOG, "warehouse", "warehouse")))
                .isFalse();
    }

    @Test
    void whatIsDeniedIsStillSeenUnlessSeeingItIsDenied() {
        var rights = rights(rule(ORDERS, Privilege.READ, Effect.ALLOW), rule(ORDERS, Privilege.READ, Effect.DENY));

        assertThat(rights.may(Privilege.READ, ORDERS)).isFalse();
        assertThat(rights.may(Privilege.DESCRIBE, ORDERS)).isTrue();
        assertThat(rights.sees(REGION)).isTrue();
    }

    @Test
    void whoMayNotSeeSomethingMayDoNothingWithIt() {
        var rights = rights(rule(ORDERS, Privilege.READ, Effect.ALLOW), rule(REGION, Privilege.DESCRIBE, Effect.DENY));

        assertThat(rights.may(Privilege.READ, ORDERS)).isFalse();
        assertThat(rights.sees(REGION)).isFalse();
        assertThat(rights.sees(KAFKA)).as("nothing leads anywhere").isFalse();
    }

    @Test
    void makingOrUsingSomethingDoesNotShowWhatIsInIt() {
        var rights = rights(rule(REGION, Privilege.CREATE, Effect.ALLOW), rule(KAFKA, Privilege.USE, Effect.ALLOW));

        assertThat(rights.sees(REGION)).isTrue();
        assertThat(rights.may(Privilege.CREATE, REGION)).isTrue();
        assertThat(rights.may(Privilege.DESCRIBE, ORDERS)).isFalse();
    }

    @RepeatedTest(200)
    void agreesWithAnOracle(RepetitionInfo round) {
        Random random = new Random(round.getCurrentRepetition());
        List<Securable> objects = objects();
        List<Rule> rules = some(random, random.nextInt(12), 4, objects);
        var rights = new CasbinRights("alice", rules);
        for (Securable object : objects) {
            for (Privilege privilege : Privilege.values()) {
                assertThat(rights.may(privilege, object))
                        .as("seed %d: %s on %s with %s", round.getCurrentRepetition(), privilege, object, rules)
                        .isEqualTo(oracle(rules, privilege, object));
            }
        }
    }

    /** One of {@code denials} denies. */
    private static List<Rule> some(Random random, int count, int denials, List<Securable> objects) {
        List<Rule> rules = new ArrayList<>();
        for (int i = count; i > 0; i--) {
            rules.add(rule(
                    any(random, objects),
                    any(random, List.of(Privilege.values())),
                    random.nextInt(denials) == 0 ? Effect.DENY : Effect.ALLOW));
        }
        return rules;
    }

    /** Somebody may do what one of its roles has, or what was granted besides, if nothing denies it. */
    @RepeatedTest(200)
    void rolesAreGrantsToWhichDenialsApply(RepetitionInfo round) {
        Random random = new Random(round.getCurrentRepetition());
        List<WorkspaceId> workspaces = List.of(WorkspaceId.DEFAULT, new WorkspaceId(new UUID(0, 2)));
        List<Securable> objects = new ArrayList<>(List.of(Securable.SERVER));
        Map<Securable, Role> roles = new HashMap<>();
        for (WorkspaceId id : workspaces) {
            Securable workspace = id.object("");
            objects.addAll(List.of(
                    workspace, workspace.child(Kind.JOB, id + "1", "one"), workspace.child(Kind.JOB, id + "2", "two")));
            if (random.nextBoolean()) {
                roles.put(workspace, any(random, List.of(Role.values())));
            }
        }
        List<Rule> granted = some(random, random.nextInt(4), 2, objects);
        List<Rule> rules = new ArrayList<>(granted);
        workspaces.forEach(id -> Optional.ofNullable(roles.get(id.object("")))
                .ifPresent(role -> rules.addAll(SqlGrantStore.rules(id, role))));
        var rights = new CasbinRights("alice", rules);

        for (Securable object : objects) {
            for (Privilege privilege : Privilege.values()) {
                boolean byRole = roles.entrySet().stream()
                        .anyMatch(held -> object.chain().contains(held.getKey().key())
                                && having(privilege).contains(held.getValue()));
                boolean denied = granted.stream()
                        .anyMatch(rule -> rule.effect() == Effect.DENY
                                && object.chain().contains(rule.object())
                                && (rule.privilege() == privilege || rule.privilege() == Privilege.DESCRIBE));
                assertThat(rights.may(privilege, object))
                        .as(
                                "seed %d: %s on %s with %s and %s",
                                round.getCurrentRepetition(), privilege, object, roles, granted)
                        .isEqualTo(!denied && (byRole || oracle(granted, privilege, object)));
            }
        }
    }

    private static Set<Role> having(Privilege privilege) {
        return switch (privilege) {
            case USE, DESCRIBE -> Set.of(Role.VIEWER, Role.OPERATOR, Role.EDITOR, Role.OWNER);
            case OPERATE -> Set.of(Role.OPERATOR, Role.EDITOR, Role.OWNER);
            case CREATE, ALTER, DROP -> Set.of(Role.EDITOR, Role.OWNER);
            case GRANT -> Set.of(Role.OWNER);
            case READ, WRITE, EXECUTE, INLINE_CONNECTOR -> Set.of();
        };
    }

    private static <T> T any(Random random, List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    private static boolean oracle(List<Rule> rules, Privilege privilege, Securable object) {
        boolean allowed = false;
        for (Rule rule : rules) {
            if (!object.chain().contains(rule.object())) {
                continue;
            }
            if (rule.effect() == Effect.DENY
                    && (rule.privilege() == privilege || rule.privilege() == Privilege.DESCRIBE)) {
                return false;
            }
            allowed |= rule.effect() == Effect.ALLOW
                    && (rule.privilege() == privilege
                            || (privilege == Privilege.DESCRIBE
                                    && rule.privilege().describes()));
        }
        return allowed;
    }

    private static List<Securable> objects() {
        List<Securable> objects = new ArrayList<>(List.of(Securable.SERVER));
        for (String catalog : List.of("a", "b")) {
            Securable top = Securable.top(Kind.CATALOG, catalog, catalog);
            objects.add(top);
            for (String database : List.of("x", "y")) {
                Securable child = top.child(Kind.DATABASE, catalog + "/" + database, database);
                objects.add(child);
                objects.add(child.child(Kind.TABLE, catalog + database + "1", "one"));
                objects.add(child.child(Kind.TABLE, catalog + database + "2", "two"));
            }
        }
        return objects;
    }

    private static CasbinRights rights(Rule... rules) {
        return new CasbinRights("alice", Arrays.asList(rules));
    }

    private static Rule rule(Securable on, Privilege privilege, Effect effect) {
        return new Rule(on.key(), on.above(), privilege, effect);
    }
}
