package io.millrace.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.Column;
import io.millrace.core.catalog.ConnectorDescriptor;
import io.millrace.core.catalog.FetchedTables;
import io.millrace.core.catalog.Metastore;
import io.millrace.core.catalog.OptionCategory;
import io.millrace.core.catalog.OptionRule;
import io.millrace.core.catalog.OptionType;
import io.millrace.core.catalog.Origin;
import io.millrace.core.catalog.TablePath;
import io.millrace.core.catalog.TableSpec;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.testkit.TestClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Every option of every connector, written in every wrong way: refused at once, with the field and a remedy. */
class ConnectorOptionsTest {
    private static final List<String> NAMES =
            List.of("filesystem", "hbase", "hive", "iceberg", "jdbc", "kafka", "mysql", "redis", "upsert-kafka");

    static Stream<Arguments> options() {
        return NAMES.stream()
                .map(ConnectorFiles::read)
                .map(connectors -> connectors.choices().get(0))
                .flatMap(descriptor -> descriptor.rules().stream()
                        .map(rule -> Arguments.of(descriptor.catalog() + " " + rule.key(), descriptor, rule)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("options")
    void suggestsTheOptionThatWasMeant(String name, ConnectorDescriptor descriptor, OptionRule rule) {
        String key = rule.key();
        int middle = key.length() / 2;
        List<String> slips = List.of(
                key.toUpperCase(Locale.ROOT),
                key.substring(0, 1).toUpperCase(Locale.ROOT) + key.substring(1),
                " " + key,
                key + " ",
                "\t" + key,
                key + "\u00a0",
                key + "\u200b",
                key.replaceFirst("[aeo]", "\u043e"),
                key.substring(0, middle) + key.charAt(middle) + key.substring(middle),
                key.substring(0, middle) + key.substring(middle + 1));
        for (String slip : slips) {
            Map<String, String> given = valid(descriptor, rule);
            given.put(slip, "1");

            Flaw flaw = flawAt(slip, descriptor.check(given));

            if (rule.category() != OptionCategory.PLATFORM) {
                assertThat(flaw.hint()).as(slip).contains("Did you mean '" + key + "'?");
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("options")
    void takesNothingThatIsThePlatforms(String name, ConnectorDescriptor descriptor, OptionRule rule) {
        Map<String, String> given = valid(descriptor, rule);
        assertThat(descriptor.check(given)).isEmpty();

        if (rule.category() == OptionCategory.PLATFORM) {
            given.put(rule.key(), rule.standard().orElse("1"));
            assertThat(flawAt(rule.key(), descriptor.check(given)))
                    .isEqualTo(Flaw.at(
                            pointer(rule.key()),
                            "Option '" + rule.key() + "' is set by the platform.",
                            "Leave it out."));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("options")
    void saysThatARequiredOneIsMissingOrBlank(String name, ConnectorDescriptor descriptor, OptionRule rule) {
        if (rule.category() == OptionCategory.REQUIRED) {
            Map<String, String> given = valid(descriptor, rule);
            given.remove(rule.key());
            assertThat(flawAt(rule.key(), descriptor.check(given)).hint().orElse(""))
                    .startsWith("Add '" + rule.key() + "' = ");
            given.put(rule.key(), " ");
            assertThat(flawAt(rule.key(), descriptor.check(given)).message()).contains("must not be blank");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("options")
    void refusesValuesOfAnotherKind(String name, ConnectorDescriptor descriptor, OptionRule rule) {
        if (rule.category() == OptionCategory.PLATFORM) {
            return;
        }
        for (String value : wrongValues(rule)) {
            Map<String, String> given = valid(descriptor, rule);
            given.put(rule.key(), value);

            assertThat(flawAt(rule.key(), descriptor.check(given)).message())
                    .as("'" + value + "'")
                    .contains("must ");
        }
    }

    @Test
    void asksNoStoreToSayThatAnOptionIsWrong() {
        var catalog = new FetchedCatalog(
                new CatalogName("crm"),
                untouchable(RemoteStore.class),
                ConnectorFiles.read("mysql"),
                untouchable(Metastore.class),
                untouchable(FetchedTables.class),
                new TestClock());
        TableSpec spec = TableSpec.of(List.of(Column.physical("id", "INT")), Map.of("Sink.Parallelism", "2"));

        assertThatThrownBy(() -> catalog.create(TablePath.of("crm", "shop", "orders"), spec, Origin.of("local")))
                .isInstanceOfSatisfying(MillraceException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.OPTION_INVALID);
                    assertThat(e.flaws())
                            .containsExactly(Flaw.at(
                                    "/options/Sink.Parallelism",
                                    "Option 'Sink.Parallelism' is no option of tables in this catalog.",
                                    "Did you mean 'sink.parallelism'?"));
                });
    }

    private static List<String> wrongValues(OptionRule rule) {
        return switch (rule.type()) {
            case STRING -> rule.identity() ? List.of(" x", "x\t") : List.of();
            case INTEGER ->
                List.of(
                        "",
                        " 4",
                        "many",
                        "1.5",
                        "0x10",
                        "\u0664",
                        String.valueOf(rule.range().least() - 1),
                        rule.range().greatest() == Long.MAX_VALUE
                                ? "9".repeat(19)
                                : String.valueOf(rule.range().greatest() + 1));
            case BOOLEAN -> List.of("", "yes", "1", "true ", "tru\u0435");
            case DURATION -> List.of("", "soon", "-1 s", "1 fortnight", "9".repeat(18) + " d");
            case MEMORY -> List.of("", "much", "-1 mb", "10 s", "9".repeat(18) + " tb");
            case CHOICE -> List.of("", "nonsense", rule.choices().get(0) + " ");
        };
    }

    /** What the connector takes, with the condition of one rule fulfilled. */
    private static Map<String, String> valid(ConnectorDescriptor descriptor, OptionRule wanted) {
        Map<String, String> given = new HashMap<>();
        wanted.when()
                .ifPresent(when -> descriptor.rules().stream()
                        .filter(rule -> rule.key().equals(when.option()))
                        .findFirst()
                        .ifPresent(rule -> {
                            given.putAll(valid(descriptor, rule));
                            given.put(rule.key(), when.value().equals("*") ? value(rule) : when.value());
                        }));
        for (int changes = -1; changes != given.size(); ) {
            changes = given.size();
            descriptor.check(given).stream()
                    .filter(flaw -> flaw.message().contains("is required"))
                    .forEach(flaw -> given.put(flaw.pointer().substring("/options/".length()), "1"));
        }
        return given;
    }

    private static String value(OptionRule rule) {
        return rule.type() == OptionType.CHOICE ? rule.choices().get(0) : "1";
    }

    private static Flaw flawAt(String key, List<Flaw> flaws) {
        assertThat(flaws).extracting(Flaw::pointer).as(key).contains(pointer(key));
        Flaw flaw = flaws.stream()
                .filter(each -> each.pointer().equals(pointer(key)))
                .findFirst()
                .orElseThrow();
        assertThat(flaw.hint())
                .as(key)
                .hasValueSatisfying(hint -> assertThat(hint).isNotBlank());
        return flaw;
    }

    private static String pointer(String key) {
        return "/options/" + key;
    }

    private static <T> T untouchable(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, given) -> {
            throw new AssertionError(method + " was called");
        }));
    }
}
