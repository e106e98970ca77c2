package io.millrace.core.catalog;

import static io.millrace.core.catalog.OptionCategory.ALLOWED;
import static io.millrace.core.catalog.OptionCategory.DEFAULT;
import static io.millrace.core.catalog.OptionCategory.PLATFORM;
import static io.millrace.core.catalog.OptionCategory.REQUIRED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.core.catalog.TableShape.KeyRule;
import io.millrace.core.error.Flaw;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;

class ConnectorsTest {
    private static final OptionCondition EXACTLY_ONCE = new OptionCondition("guarantee", "exactly-once");
    private static final ConnectorDescriptor LOG = new ConnectorDescriptor(
            "log",
            "log",
            new TableShape(KeyRule.OPTIONAL, List.of("changes"), "Use 'connector' = 'upsert-log'.", false, true),
            List.of(
                    rule("topic", REQUIRED, OptionType.STRING, null, null, null),
                    rule("servers", PLATFORM, OptionType.STRING, null, null, null),
                    rule("timeout", PLATFORM, OptionType.DURATION, "10 min", EXACTLY_ONCE, null),
                    rule("format", DEFAULT, OptionType.CHOICE, "json", null, "value.format"),
                    rule("value.format", ALLOWED, OptionType.CHOICE, null, null, null),
                    rule("guarantee", DEFAULT, OptionType.STRING, "at-least-once", null, null),
                    rule("prefix", REQUIRED, OptionType.STRING, null, EXACTLY_ONCE, null),
                    rule("idle", ALLOWED, OptionType.DURATION, null, null, null),
                    rule("json.strict", ALLOWED, OptionType.BOOLEAN, null, new OptionCondition("format", "json"), null),
                    rule("free.*", ALLOWED, OptionType.STRING, null, null, null)));
    private static final ConnectorDescriptor UPSERT_LOG = new ConnectorDescriptor(
            "log",
            "upsert-log",
            new TableShape(KeyRule.REQUIRED, List.of(), "Add PRIMARY KEY (…) NOT ENFORCED.", true, true),
            List.of(rule("topic", REQUIRED, OptionType.STRING, null, null, null)));
    private static final Connectors BOTH = new Connectors(List.of(LOG, UPSERT_LOG));

    @Test
    void completesTheOptionsOfTheRealConnector() {
        var spec = spec(Map.of("topic", "clicks", "free.colour", "red"));

        assertThat(BOTH.checkOptions(spec)).isEmpty();
        assertThat(BOTH.resolve(spec, Map.of("servers", "a:9092")))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "connector", "log",
                        "topic", "clicks",
                        "free.colour", "red",
                        "servers", "a:9092",
                        "format", "json",
                        "guarantee", "at-least-once"));
    }

    @Test
    void addsPlatformOptionsThatDependOnWhatTheUserChose() {
        var spec = spec(Map.of("topic", "clicks", "guarantee", "exactly-once", "prefix", "p"));

        assertThat(BOTH.resolve(spec, Map.of())).containsEntry("timeout", "10 min");
    }

    @Test
    void demandsWhatIsRequired() {
        assertThat(BOTH.checkOptions(spec(Map.of())))
                .extracting(Flaw::pointer, Flaw::message)
                .containsExactly(tuple("/options/topic", "Option 'topic' is required."));
        assertThat(BOTH.checkOptions(spec(Map.of("topic", " "))))
                .extracting(Flaw::message)
                .containsExactly("Option 'topic' must not be blank.");
        assertThat(BOTH.checkOptions(spec(Map.of("topic", "t", "guarantee", "exactly-once"))))
                .extracting(Flaw::message)
                .containsExactly("Option 'prefix' is required if 'guarantee' is 'exactly-once'.");
    }

    @Test
    void forbidsWhatIsNotListedAndSaysWhatMayBeMeant() {
        var flaws = BOTH.checkOptions(spec(Map.of("topic", "t", "TOPIC", "u", "fromat", "json", "a/b", "c")));

        assertThat(flaws)
                .extracting(Flaw::pointer, flaw -> flaw.hint().orElse(""))
                .containsExactlyInAnyOrder(
                        tuple("/options/TOPIC", "Did you mean 'topic'?"),
                        tuple("/options/fromat", "Did you mean 'format'?"),
                        tuple("/options/a~1b", "Leave it out; the documentation of the catalog lists what there is."));
    }

    @Test
    void keepsUsersFromPlatformOptions() {
        var flaws = BOTH.checkOptions(spec(Map.of("topic", "t", "servers", "evil:9092")));

        assertThat(flaws).extracting(Flaw::message).containsExactly("Option 'servers' is set by the platform.");
    }

    @Test
    void neverSuggestsPlatformOptions() {
        var flaws = BOTH.checkOptions(spec(Map.of("topic", "t", "server", "evil:9092")));

        assertThat(flaws)
                .singleElement()
                .satisfies(flaw -> assertThat(flaw.hint().orElse("")).doesNotContain("servers"));
    }

    @Test
    void checksValues() {
        var flaws = BOTH.checkOptions(spec(Map.of("topic", "t", "format", "jsn", "idle", "later")));

        assertThat(flaws)
                .extracting(Flaw::message, flaw -> flaw.hint().orElse(""))
                .containsExactlyInAnyOrder(
                        tuple("Option 'format' must be one of json, changes, not 'jsn'.", "Did you mean 'json'?"),
                        tuple("Option 'idle' must be a duration such as '10 s' or '5 min', not 'later'.", "idle"));
    }

    @Test
    void knowsWhichOptionsExcludeEachOther() {
        assertThat(BOTH.checkOptions(spec(Map.of("topic", "t", "value.format", "changes"))))
                .isEmpty();
        assertThat(BOTH.resolve(spec(Map.of("topic", "t", "value.format", "changes")), Map.of()))
                .doesNotContainKey("format");

        assertThat(BOTH.checkOptions(spec(Map.of("topic", "t", "format", "json", "value.format", "json"))))
                .extracting(Flaw::message)
                .containsExactly("Option 'format' and 'value.format' exclude each other.");
    }

    @Test
    void refusesAnOptionThatHasNoEffect() {
        assertThat(BOTH.checkOptions(spec(Map.of("topic", "t", "format", "changes", "json.strict", "true"))))
                .extracting(Flaw::message)
                .containsExactly("Option 'json.strict' counts only if 'format' is 'json'.");
    }

    @Test
    void letsUsersChooseAmongTheConnectorsOfTheCatalog() {
        var upsert = spec(Map.of("topic", "t", "connector", "upsert-log"));
        assertThat(BOTH.checkOptions(upsert)).isEmpty();
        assertThat(BOTH.resolve(upsert, Map.of())).containsEntry("connector", "upsert-log");

        assertThat(BOTH.checkOptions(spec(Map.of("topic", "t", "connector", "filesystem"))))
                .extracting(Flaw::message)
                .containsExactly("Option 'connector' must be log or upsert-log in this catalog, not 'filesystem'.");
        assertThat(new Connectors(List.of(LOG)).checkOptions(spec(Map.of("topic", "t", "connector", "log"))))
                .extracting(Flaw::message)
                .containsExactly("Option 'connector' is set by the platform.");
    }

    @Test
    void knowsWhichTablesHaveAPrimaryKey() {
        var keyed = keyed(Map.of("topic", "t"));

        assertThat(BOTH.checkShape(keyed))
                .extracting(flaw -> flaw.hint().orElse(""))
                .containsExactly("Use 'connector' = 'upsert-log'.");
        assertThat(BOTH.checkShape(keyed(Map.of("topic", "t", "format", "changes"))))
                .isEmpty();
        assertThat(BOTH.checkShape(keyed(Map.of("topic", "t", "connector", "upsert-log"))))
                .isEmpty();
        assertThat(BOTH.checkShape(spec(Map.of("topic", "t", "connector", "upsert-log"))))
                .extracting(Flaw::pointer)
                .containsExactly("/primaryKey");
    }

    @Test
    void isSureOfItsOwnDefaults() {
        assertThatThrownBy(() -> rule("idle", DEFAULT, OptionType.DURATION, "soon", null, null))
                .hasMessageContaining("default of option idle must be a duration");
        assertThatThrownBy(() -> rule("idle", DEFAULT, OptionType.DURATION, null, null, null))
                .hasMessageContaining("has no default");
    }

    private static TableSpec spec(Map<String, String> options) {
        return TableSpec.of(List.of(Column.physical("a", "INT")), options);
    }

    private static TableSpec keyed(Map<String, String> options) {
        return new TableSpec(
                List.of(Column.physical("a", "INT NOT NULL")),
                Optional.of(new PrimaryKey("PK_a", List.of("a"))),
                List.of(),
                List.of(),
                options,
                Optional.empty(),
                Optional.empty());
    }

    private static OptionRule rule(
            String key,
            OptionCategory category,
            OptionType type,
            @Nullable String standard,
            @Nullable OptionCondition when,
            @Nullable String unless) {
        return new OptionRule(
                key,
                category,
                type,
                type == OptionType.CHOICE ? List.of("json", "changes") : List.of(),
                Optional.ofNullable(standard),
                Optional.ofNullable(when),
                Optional.ofNullable(unless),
                false,
                false,
                true,
                new OptionRule.Range(0, 9),
                new OptionRule.Meaning(key, key));
    }
}
