package io.millrace.core.catalog;

import static java.util.Objects.requireNonNull;

import io.millrace.core.error.Flaw;
import io.millrace.core.error.Nearest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which options tables of one connector have. Pure data: the same checks tell a user at registration what is wrong and
 * complete the options when Flink asks for the real ones.
 *
 * @param catalog the kind of catalog whose tables use this connector
 * @param connector Flink's name of the connector
 * @param tables what tables of this connector look like
 */
public record ConnectorDescriptor(String catalog, String connector, TableShape tables, List<OptionRule> rules) {
    public ConnectorDescriptor {
        requireNonNull(catalog, "catalog");
        requireNonNull(connector, "connector");
        requireNonNull(tables, "tables");
        rules = List.copyOf(rules);
        Set<String> seen = new HashSet<>();
        for (OptionRule rule : rules) {
            if (!seen.add(rule.key() + rule.when())) {
                throw new IllegalArgumentException("connector " + connector + " lists option " + rule.key() + " twice");
            }
        }
    }

    /** Everything that is wrong with the options that a user gave. */
    public List<Flaw> check(Map<String, String> given) {
        Map<String, String> effective = withDefaults(given);
        List<Flaw> flaws = new ArrayList<>();
        given.forEach((key, value) -> flaw(key, value, given, effective).ifPresent(flaws::add));
        rules.stream()
                .filter(rule -> rule.category() == OptionCategory.REQUIRED && applies(rule, effective))
                .filter(rule -> !given.containsKey(rule.key()))
                .map(ConnectorDescriptor::missing)
                .forEach(flaws::add);
        return flaws;
    }

    /**
     * The options of the real connector.
     *
     * @param given what {@link #check} found right
     * @param platform the platform options that come from the connection
     */
    public Map<String, String> resolve(Map<String, String> given, Map<String, String> platform) {
        Map<String, String> all = withDefaults(given);
        for (OptionRule rule : rules) {
            if (rule.category() == OptionCategory.PLATFORM && applies(rule, all)) {
                rule.standard().ifPresent(value -> all.put(rule.key(), value));
            }
        }
        all.putAll(platform);
        all.put(Options.CONNECTOR, connector);
        return all;
    }

    /** Keys of the options that say where the rows of a table are. */
    Set<String> identityKeys() {
        return rules.stream().filter(OptionRule::identity).map(OptionRule::key).collect(Collectors.toSet());
    }

    /** Keys of the options that a statement may change for itself; those that end with {@code .*} are prefixes. */
    public List<String> hintableKeys() {
        return rules.stream()
                .filter(OptionRule::hintable)
                .map(OptionRule::key)
                .distinct()
                .sorted()
                .toList();
    }

    /** The given options and the defaults of those that are not given. */
    Map<String, String> withDefaults(Map<String, String> given) {
        Map<String, String> all = new TreeMap<>(given);
        for (OptionRule rule : rules) {
            boolean replaced = rule.unless().filter(given::containsKey).isPresent();
            if (rule.category() == OptionCategory.DEFAULT && !replaced && applies(rule, all)) {
                all.putIfAbsent(rule.key(), rule.standard().orElseThrow());
            }
        }
        return all;
    }

    private Optional<Flaw> flaw(String key, String value, Map<String, String> given, Map<String, String> effective) {
        if (key.equals(Options.CONNECTOR)) {
            return Optional.empty();
        }
        List<OptionRule> known =
                rules.stream().filter(rule -> rule.matches(key)).toList();
        Optional<OptionRule> applicable =
                known.stream().filter(rule -> applies(rule, effective)).findFirst();
        if (applicable.isEmpty()) {
            return Optional.of(known.isEmpty() ? unknown(key, effective) : inapplicable(key, known));
        }
        OptionRule rule = applicable.get();
        if (rule.category() == OptionCategory.PLATFORM) {
            return Optional.of(Options.flaw(key, "is set by the platform", "Leave it out."));
        }
        Optional<String> rival = rule.unless().filter(given::containsKey);
        if (rival.isPresent()) {
            return Optional.of(Options.flaw(key, "and '" + rival.get() + "' exclude each other", "Give one of them."));
        }
        if (rule.category() == OptionCategory.REQUIRED && value.isBlank()) {
            return Optional.of(
                    Options.flaw(key, "must not be blank", rule.meaning().en()));
        }
        if (rule.identity() && !value.equals(value.strip())) {
            return Optional.of(
                    Options.flaw(key, "must not begin or end with white space", "Write '" + value.strip() + "'."));
        }
        return rule.flaw(value).map(wrong -> Options.flaw(key, wrong, choice(rule, value)));
    }

    private Flaw unknown(String key, Map<String, String> effective) {
        List<String> keys = rules.stream()
                .filter(rule -> rule.category() != OptionCategory.PLATFORM && !rule.isPrefix())
                .filter(rule -> applies(rule, effective))
                .map(OptionRule::key)
                .toList();
        return Options.flaw(
                key,
                "is no option of tables in this catalog",
                Nearest.to(key, keys)
                        .map(near -> "Did you mean '" + near + "'?")
                        .orElse("Leave it out; the documentation of the catalog lists what there is."));
    }

    private static Flaw inapplicable(String key, List<OptionRule> known) {
        List<String> conditions = known.stream()
                .flatMap(rule -> rule.when().stream())
                .map(OptionCondition::toString)
                .toList();
        return Options.flaw(key, "counts only if " + String.join(" or ", conditions), "Leave it out, or set that too.");
    }

    private static Flaw missing(OptionRule rule) {
        String wrong = "is required" + rule.when().map(when -> " if " + when).orElse("");
        return Options.flaw(
                rule.key(),
                wrong,
                "Add '" + rule.key() + "' = '…': " + rule.meaning().en());
    }

    private static String choice(OptionRule rule, String value) {
        return Nearest.to(value, rule.choices())
                .map(near -> "Did you mean '" + near + "'?")
                .orElse(rule.meaning().en());
    }

    private static boolean applies(OptionRule rule, Map<String, String> effective) {
        return rule.when().map(when -> when.holds(effective)).orElse(true);
    }
}
