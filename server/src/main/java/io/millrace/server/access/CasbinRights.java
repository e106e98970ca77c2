package io.millrace.server.access;

import io.millrace.core.access.Effect;
import io.millrace.core.access.Privilege;
import io.millrace.core.access.Rights;
import io.millrace.core.access.Rule;
import io.millrace.core.access.Securable;
import org.casbin.jcasbin.main.Enforcer;
import org.casbin.jcasbin.model.Model;
import org.casbin.jcasbin.persist.Adapter;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The rights of one principal at one epoch, decided by jCasbin over the principal's own grants and those of its groups:
 * allowed is what some grant allows and none denies, on the object or on anything that it is in.
 *
 * <p>jCasbin walks all policies that it has, so it gets those of one principal only, and each decision is made once. An
 * object on which nothing was granted is decided as the nearest one around it on which something was; so there are as
 * many decisions as there are grants, however many tables there are. Thread-safe.
 */
final class CasbinRights implements Rights {
    private static final String MODEL = """
            [request_definition]
            r = sub, obj, act

            [policy_definition]
            p = sub, obj, act, eft

            [role_definition]
            g = _, _

            [policy_effect]
            e = some(where (p.eft == allow)) && !some(where (p.eft == deny))

            [matchers]
            m = r.sub == p.sub && g(r.obj, p.obj) && r.act == p.act
            """;

    private final String who;
    private final Set<String> ruled = new HashSet<>();
    private final Set<String> leads = new HashSet<>();
    private final Map<String, Set<String>> below = new HashMap<>();
    private final Map<String, Set<Privilege>> denied = new HashMap<>();
    private final Enforcer enforcer;
    private final Map<Question, Boolean> decisions = new ConcurrentHashMap<>();

    CasbinRights(String who, List<Rule> rules) {
        this.who = who;
        for (Rule rule : rules) {
            ruled.add(rule.object());
            rule.above()
                    .forEach(above -> below.computeIfAbsent(above, unused -> new HashSet<>())
                            .add(rule.object()));
            if (rule.effect() == Effect.DENY) {
                denied.computeIfAbsent(rule.object(), unused -> new HashSet<>()).addAll(Policies.privileges(rule));
            }
        }
        this.enforcer = new Enforcer(model(), new Policies(who, rules, ruled));
        for (Rule rule : rules) {
            // What may not even be seen after all shows nobody the way to it.
            Privilege shows = rule.privilege().describes() ? Privilege.DESCRIBE : rule.privilege();
            if (rule.effect() == Effect.ALLOW && decide(shows, rule.object())) {
                leads.addAll(rule.above());
            }
        }
    }

    @Override
    public boolean all() {
        return false;
    }

    @Override
    public boolean may(Privilege privilege, Securable object) {
        Optional<String> nearest =
                object.chain().stream().filter(ruled::contains).findFirst();
        return nearest.isPresent() && decide(privilege, nearest.get());
    }

    @Override
    public boolean sees(Securable object) {
        return leads.contains(object.key())
                || may(Privilege.DESCRIBE, object)
                || may(Privilege.USE, object)
                || may(Privilege.CREATE, object);
    }

    @Override
    public Set<String> below(Securable object) {
        return below.getOrDefault(object.key(), Set.of());
    }

    @Override
    public List<String> denials(Privilege privilege, Securable object) {
        return object.chain().stream()
                .filter(key -> denied.getOrDefault(key, Set.of()).contains(privilege))
                .toList();
    }

    private boolean decide(Privilege privilege, String object) {
        return decisions.computeIfAbsent(new Question(privilege, object), this::ask);
    }

    private synchronized boolean ask(Question question) {
        return enforcer.enforce(who, question.object(), question.privilege().name());
    }

    private static Model model() {
        Model model = new Model();
        model.loadModelFromText(MODEL);
        return model;
    }

    private record Question(Privilege privilege, String object) {}

    /**
     * One principal's grants as jCasbin's policies. Whoever may do something with an object may see it, and who may not
     * see it may do nothing with it.
     */
    private record Policies(String who, List<Rule> rules, Set<String> ruled) implements Adapter {
        @Override
        public void loadPolicy(Model model) {
            for (Rule rule : rules) {
                String effect = rule.effect() == Effect.ALLOW ? "allow" : "deny";
                for (Privilege privilege : privileges(rule)) {
                    model.addPolicy("p", "p", List.of(who, rule.object(), privilege.name(), effect));
                }
                rule.above().stream()
                        .filter(ruled::contains)
                        .forEach(above -> model.addPolicy("g", "g", List.of(rule.object(), above)));
            }
        }

        private static Set<Privilege> privileges(Rule rule) {
            if (rule.privilege() == Privilege.DESCRIBE) {
                return rule.effect() == Effect.ALLOW ? Set.of(Privilege.DESCRIBE) : Set.of(Privilege.values());
            }
            return rule.effect() == Effect.ALLOW && rule.privilege().describes()
                    ? Set.of(rule.privilege(), Privilege.DESCRIBE)
                    : Set.of(rule.privilege());
        }

        @Override
        public void savePolicy(Model model) {
            throw readOnly();
        }

        @Override
        public void addPolicy(String section, String type, List<String> rule) {
            throw readOnly();
        }

        @Override
        public void removePolicy(String section, String type, List<String> rule) {
            throw readOnly();
        }

        @Override
        public void removeFilteredPolicy(String section, String type, int index, String... values) {
            throw readOnly();
        }

        private static UnsupportedOperationException readOnly() {
            return new UnsupportedOperationException("grants are written through GrantStore only");
        }
    }
}
