package io.millrace.core.catalog;

import io.millrace.core.error.Flaw;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The connectors that tables of one catalog may use.
 *
 * @param choices the first one is used unless the user's {@code connector} option names another
 */
public record Connectors(List<ConnectorDescriptor> choices) {
    public Connectors {
        choices = List.copyOf(choices);
        if (choices.isEmpty()) {
            throw new IllegalArgumentException("a catalog needs at least one connector");
        }
    }

    /** Everything that is wrong with the options of a table. */
    public List<Flaw> checkOptions(TableSpec spec) {
        String wanted = spec.options().get(Options.CONNECTOR);
        if (wanted == null) {
            return of(spec).check(spec.options());
        }
        List<String> names =
                choices.stream().map(ConnectorDescriptor::connector).toList();
        if (names.size() == 1) {
            return withRest(Options.flaw(Options.CONNECTOR, "is set by the platform", "Leave it out."), spec);
        }
        if (!names.contains(wanted)) {
            String wrong = "must be " + String.join(" or ", names) + " in this catalog, not '" + wanted + "'";
            return withRest(Options.flaw(Options.CONNECTOR, wrong, "Leave it out for '" + names.get(0) + "'."), spec);
        }
        return of(spec).check(spec.options());
    }

    /** Everything that is wrong with the rest of a table. */
    public List<Flaw> checkShape(TableSpec spec) {
        return TableRules.check(spec, of(spec));
    }

    /** The options of the real connector, for a table that was checked. */
    public Map<String, String> resolve(TableSpec spec, Map<String, String> platform) {
        return of(spec).resolve(spec.options(), platform);
    }

    /** The options of a table that say where its rows are. */
    public Map<String, String> identity(TableSpec spec) {
        Map<String, String> identity = new TreeMap<>(spec.options());
        identity.keySet().retainAll(of(spec).identityKeys());
        return identity;
    }

    private List<Flaw> withRest(Flaw first, TableSpec spec) {
        List<Flaw> flaws = new ArrayList<>();
        flaws.add(first);
        flaws.addAll(of(spec).check(spec.options()));
        return flaws;
    }

    private ConnectorDescriptor of(TableSpec spec) {
        String wanted = spec.options().get(Options.CONNECTOR);
        return choices.stream()
                .filter(each -> each.connector().equals(wanted))
                .findFirst()
                .orElse(choices.get(0));
    }
}
