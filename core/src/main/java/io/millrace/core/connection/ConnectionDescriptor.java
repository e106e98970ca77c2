package io.millrace.core.connection;

import static java.util.Objects.requireNonNull;

import io.millrace.core.error.Flaw;
import io.millrace.core.error.Nearest;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which fields connections of one kind have. Pure data: it draws the form, and the same checks tell at registration
 * everything that is wrong.
 */
public record ConnectionDescriptor(ConnectionKind kind, String en, String zh, List<FieldRule> rules) {
    private static final int LONGEST_SHOWN = 64;

    public ConnectionDescriptor {
        requireNonNull(kind, "kind");
        requireNonNull(en, "en");
        requireNonNull(zh, "zh");
        rules = List.copyOf(rules);
        Set<String> seen = new HashSet<>();
        for (FieldRule rule : rules) {
            if (!seen.add(rule.key())) {
                throw new IllegalArgumentException(kind + " lists field " + rule.key() + " twice");
            }
            rule.standard().flatMap(value -> rule.type().flaw(value, rule)).ifPresent(wrong -> {
                throw new IllegalArgumentException("default of field " + rule.key() + " " + wrong);
            });
        }
    }

    /** Everything that is wrong with what a user gave. */
    public List<Flaw> check(ConnectionDraft draft) {
        Map<String, Object> effective = withDefaults(draft.fields());
        List<Flaw> flaws = new ArrayList<>();
        draft.fields().forEach((key, value) -> fieldFlaw(key, value, effective).ifPresent(flaws::add));
        draft.secrets()
                .forEach((key, secret) -> secretFlaw(key, secret, effective).ifPresent(flaws::add));
        for (FieldRule rule : rules) {
            boolean there = rule.secret()
                    ? draft.secrets().containsKey(rule.key()) || draft.kept().contains(rule.key())
                    : draft.fields().containsKey(rule.key());
            if (rule.required() && !there && rule.standard().isEmpty() && rule.applies(effective)) {
                String condition = rule.when().map(when -> " if " + when).orElse("");
                flaws.add(
                        Flaw.at(pointer(rule), "Field '" + rule.key() + "' is required" + condition + ".", rule.en()));
            }
        }
        return flaws;
    }

    /** The fields of a draft that {@link #check} found right, with the defaults of those that are not given. */
    public ConnectionFields complete(ConnectionDraft draft) {
        return new ConnectionFields(withDefaults(draft.fields()));
    }

    /**
     * The fields of a connection after a merge patch, for {@link #check}: null removes a field, and one that was there and
     * no longer counts goes by itself.
     */
    public Map<String, Object> merged(ConnectionFields current, Map<String, @Nullable Object> patch) {
        Map<String, Object> all = new HashMap<>(current.values());
        patch.forEach((key, value) -> {
            if (value == null && rule(key).isPresent()) {
                all.remove(key);
            } else {
                all.put(key, value);
            }
        });
        Map<String, Object> effective = withDefaults(all);
        rules.stream()
                .filter(rule -> !patch.containsKey(rule.key()) && !rule.applies(effective))
                .forEach(rule -> all.remove(rule.key()));
        return all;
    }

    /** The fields that say where the store is. */
    public Set<String> targets() {
        Set<String> keys = new HashSet<>();
        rules.stream().filter(FieldRule::target).forEach(rule -> keys.add(rule.key()));
        return keys;
    }

    /** The secrets that count with these fields, which need not be checked. */
    public Set<String> secretsThatCount(Map<String, Object> given) {
        Map<String, Object> effective = withDefaults(given);
        Set<String> keys = new HashSet<>();
        rules.stream().filter(rule -> rule.secret() && rule.applies(effective)).forEach(rule -> keys.add(rule.key()));
        return keys;
    }

    /** The hosts that checked fields name, by field; a field of several hosts has them all. */
    public Map<String, List<String>> hosts(ConnectionFields fields) {
        Map<String, List<String>> hosts = new HashMap<>();
        for (FieldRule rule : rules) {
            if (fields.values().containsKey(rule.key())) {
                List<String> named = hosts(rule, fields);
                if (!named.isEmpty()) {
                    hosts.put(rule.key(), named);
                }
            }
        }
        return hosts;
    }

    /** The folders that checked fields name, by field. */
    public Map<String, String> roots(ConnectionFields fields) {
        Map<String, String> roots = new HashMap<>();
        for (FieldRule rule : rules) {
            if (rule.type() == FieldType.ROOT) {
                fields.optionalText(rule.key()).ifPresent(root -> roots.put(rule.key(), root));
            }
        }
        return roots;
    }

    private static List<String> hosts(FieldRule rule, ConnectionFields fields) {
        return switch (rule.type()) {
            case HOST -> List.of(fields.text(rule.key()));
            case ADDRESSES ->
                fields.items(rule.key()).stream().map(HostName::hostOf).toList();
            case ROOT, URI -> Uris.host(fields.text(rule.key())).stream().toList();
            case STRING, NAME, PORT, INTEGER, BOOLEAN, CHOICE, PREFIXES, TEXT -> List.of();
        };
    }

    private Map<String, Object> withDefaults(Map<String, Object> given) {
        Map<String, Object> all = new HashMap<>(given);
        for (FieldRule rule : rules) {
            if (rule.standard().isPresent() && rule.applies(all)) {
                all.putIfAbsent(rule.key(), rule.standard().get());
            }
        }
        return all;
    }

    private Optional<Flaw> fieldFlaw(String key, Object value, Map<String, Object> effective) {
        Optional<FieldRule> known = rule(key);
        if (known.isEmpty()) {
            return Optional.of(unknown("/fields/", key, false));
        }
        FieldRule rule = known.get();
        if (rule.secret()) {
            return Optional.of(Flaw.at(
                    "/fields/" + escaped(key), "Field '" + key + "' is a secret.", "Give it in 'secrets' instead."));
        }
        Optional<Flaw> inapplicable = inapplicable(rule, effective);
        if (inapplicable.isPresent()) {
            return inapplicable;
        }
        return rule.type()
                .flaw(value, rule)
                .map(wrong -> Flaw.at(pointer(rule), "Field '" + key + "' " + wrong + ".", hint(rule, value)));
    }

    private Optional<Flaw> secretFlaw(String key, SecretInput secret, Map<String, Object> effective) {
        Optional<FieldRule> known = rule(key);
        if (known.isEmpty()) {
            return Optional.of(unknown("/secrets/", key, true));
        }
        FieldRule rule = known.get();
        if (!rule.secret()) {
            return Optional.of(Flaw.at(
                    "/secrets/" + escaped(key), "Field '" + key + "' is no secret.", "Give it in 'fields' instead."));
        }
        Optional<Flaw> inapplicable = inapplicable(rule, effective);
        if (inapplicable.isPresent()) {
            return inapplicable;
        }
        return secret.flaw(rule.type() == FieldType.TEXT)
                .map(wrong -> Flaw.at(pointer(rule), "Secret '" + key + "' " + wrong + ".", rule.en()));
    }

    private static Optional<Flaw> inapplicable(FieldRule rule, Map<String, Object> effective) {
        return rule.when()
                .filter(when -> !when.holds(effective))
                .map(when -> Flaw.at(
                        pointer(rule),
                        "Field '" + rule.key() + "' counts only if " + when + ".",
                        "Leave it out, or change '" + when.field() + "'."));
    }

    private Flaw unknown(String parent, String key, boolean secrets) {
        List<String> keys = rules.stream()
                .filter(rule -> rule.secret() == secrets)
                .map(FieldRule::key)
                .toList();
        String shown = key.length() > LONGEST_SHOWN ? key.substring(0, LONGEST_SHOWN) + "…" : key;
        return Flaw.at(
                parent + escaped(shown),
                "Connections of kind " + kind.word() + " have no " + (secrets ? "secret" : "field") + " '" + shown
                        + "'.",
                Nearest.to(shown, keys)
                        .map(near -> "Did you mean '" + near + "'?")
                        .orElse(keys.isEmpty() ? "Leave it out." : "There are: " + String.join(", ", keys) + "."));
    }

    private static String hint(FieldRule rule, Object value) {
        if (rule.type() == FieldType.CHOICE && value instanceof String text) {
            return Nearest.to(text.length() > LONGEST_SHOWN ? "" : text, rule.choices())
                    .map(near -> "Did you mean '" + near + "'?")
                    .orElse(rule.en());
        }
        return rule.en();
    }

    private Optional<FieldRule> rule(String key) {
        return rules.stream().filter(rule -> rule.key().equals(key)).findFirst();
    }

    private static String pointer(FieldRule rule) {
        return (rule.secret() ? "/secrets/" : "/fields/") + rule.key();
    }

    private static String escaped(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }
}
