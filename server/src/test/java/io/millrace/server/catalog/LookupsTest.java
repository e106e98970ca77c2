package io.millrace.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.access.Privilege;
import io.millrace.core.access.Rights;
import io.millrace.core.access.Securable;
import io.millrace.core.catalog.Alteration;
import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.CatalogObjects;
import io.millrace.core.catalog.Column;
import io.millrace.core.catalog.InMemoryMetastore;
import io.millrace.core.catalog.Origin;
import io.millrace.core.catalog.Table;
import io.millrace.core.catalog.TablePath;
import io.millrace.core.catalog.TableRef;
import io.millrace.core.catalog.TableSpec;
import io.millrace.core.catalog.ViewQuery;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.millrace.server.access.TestGuards;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Each answer about many tables is the one that a question for the table alone gets. */
class LookupsTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-05-04T12:00:00Z"), ZoneOffset.UTC);
    private static final Origin US = Origin.of("local");
    private static final List<Column> COLUMNS = List.of(Column.physical("id", "BIGINT NOT NULL"));
    private static final TablePath CLICKS = TablePath.of("kafka", "main", "clicks");
    private static final TablePath FILES = TablePath.of("warehouse", "default", "files");

    private final InMemoryMetastore metastore = new InMemoryMetastore();
    private final RegisteredCatalog warehouse = new RegisteredCatalog(
            new CatalogName("warehouse"),
            new WarehouseStore("file:///data/warehouse/"),
            ConnectorFiles.read("filesystem"),
            metastore,
            NOON);
    private final RegisteredCatalog kafka = new RegisteredCatalog(
            new CatalogName("kafka"),
            new KafkaStore(List.of(KafkaCluster.main("10.1.1.1:9092", NOON))),
            ConnectorFiles.read("kafka", "upsert-kafka"),
            metastore,
            NOON);
    private final CatalogService service = new CatalogService(
            () -> List.of(kafka, warehouse),
            (catalog, asked) -> {},
            metastore.functions(),
            new Affected(new AffectedTest.Readers(List.of()), () -> Rights.ALL));
    private final Lookups lookups = new Lookups(service, metastore, TestGuards.all());

    private Table clicks;
    private Table files;

    @BeforeEach
    void tables() {
        warehouse.prepare();
        kafka.prepare();
        clicks = kafka.create(CLICKS, TableSpec.of(COLUMNS, Map.of("topic", "clicks")), US);
        files = warehouse.create(FILES, TableSpec.of(COLUMNS, Map.of()), US);
    }

    @Test
    void findsTablesAndSaysWhyOthersAreNotThere() {
        List<TablePath> paths = List.of(
                FILES,
                CLICKS,
                TablePath.of("kafka", "main", "nothing"),
                TablePath.of("kafka", "nowhere", "clicks"),
                TablePath.of("nobody", "main", "clicks"));

        var answers = lookups.find(paths);

        assertThat(answers).extracting(Lookups.Answer::key).containsExactlyInAnyOrderElementsOf(paths);
        answers.forEach(answer -> assertSame(answer, () -> service.table(answer.key())));
        assertThat(answers).filteredOn(answer -> answer.value().isPresent()).hasSize(2);
    }

    @Test
    void saysWhatTheCallerMayDoWithATable() {
        Lookups ofReader = new Lookups(service, metastore, TestGuards.of(new MayRead(CatalogObjects.of(clicks))));

        assertThat(ofReader.allowed(clicks)).containsExactly("READ");
        assertThat(ofReader.allowed(files)).isEmpty();
        assertThat(lookups.allowed(files)).containsExactly("READ", "WRITE");
    }

    @Test
    void resolvesNewestVersionsOnly() {
        Alteration wanted = Alteration.of(CLICKS.table(), TableSpec.of(COLUMNS, Map.of("topic", "other")));
        Table next = kafka.alter(clicks, wanted, US);
        Table view = warehouse.create(TablePath.of("warehouse", "default", "v"), view(), US);
        Table dropped = warehouse.create(TablePath.of("warehouse", "default", "gone"), files.spec(), US);
        warehouse.drop(dropped.path(), US);
        List<TableRef> refs = List.of(files.ref(), next.ref(), clicks.ref(), view.ref(), dropped.ref());

        var answers = lookups.resolve(refs);

        assertThat(answers).extracting(Lookups.Answer::key).containsExactlyInAnyOrderElementsOf(refs);
        answers.forEach(answer -> assertThat(answer.value().map(Lookups.Resolved::options))
                .isEqualTo(warehouse.resolve(answer.key()).or(() -> kafka.resolve(answer.key()))));
        assertThat(answers)
                .filteredOn(answer -> answer.value().isEmpty())
                .allMatch(answer -> answer.failure().orElseThrow().code() == ErrorCode.TABLE_NOT_FOUND);
        assertThat(answers)
                .filteredOn(answer -> answer.value().isPresent())
                .extracting(Lookups.Answer::key)
                .containsExactlyInAnyOrder(files.ref(), next.ref());
    }

    /** The rights of who may read one object. */
    private record MayRead(Securable object) implements Rights {
        @Override
        public List<String> denials(Privilege privilege, Securable asked) {
            return List.of();
        }

        @Override
        public boolean all() {
            return false;
        }

        @Override
        public boolean may(Privilege privilege, Securable wanted) {
            return privilege == Privilege.READ && wanted.equals(object);
        }

        @Override
        public boolean sees(Securable wanted) {
            return wanted.equals(object);
        }

        @Override
        public Set<String> below(Securable wanted) {
            return Set.of(object.key());
        }
    }

    private static TableSpec view() {
        return new TableSpec(
                COLUMNS,
                Optional.empty(),
                List.of(),
                List.of(),
                Map.of(),
                Optional.empty(),
                Optional.of(new ViewQuery("SELECT 1 AS id", "SELECT 1 AS `id`")));
    }

    private static <T> void assertSame(Lookups.Answer<?, T> answer, Supplier<T> alone) {
        try {
            assertThat(answer.value()).contains(alone.get());
        } catch (MillraceException e) {
            assertThat(answer.failure()).hasValueSatisfying(failure -> {
                assertThat(failure.code()).isEqualTo(e.code());
                assertThat(failure).hasMessage(e.getMessage());
            });
        }
    }
}
