package io.millrace.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.catalog.Alteration;
import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.Column;
import io.millrace.core.catalog.DatabaseName;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.InMemoryMetastore;
import io.millrace.core.catalog.Table;
import io.millrace.core.catalog.TableName;
import io.millrace.core.catalog.TablePath;
import io.millrace.core.catalog.TableSpec;
import io.millrace.core.catalog.Watermark;
import io.millrace.core.connection.Connection;
import io.millrace.core.connection.ConnectionFields;
import io.millrace.core.connection.ConnectionId;
import io.millrace.core.connection.ConnectionKind;
import io.millrace.core.connection.ConnectionName;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.millrace.server.connection.OpenConnection;
import io.millrace.server.connection.Reach;
import io.millrace.testkit.TestClock;
import io.millrace.testkit.TestIcebergRest;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.rest.RESTCatalog;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** Iceberg's tables as a catalog, behind a connection to a real REST server. */
class IcebergCatalogIT extends CatalogContract {
    private static final CatalogName NAME = new CatalogName("lake");
    private static final TablePath EVENTS = TablePath.of("lake", "shop", "events");

    @TempDir
    static Path folder;

    private static TestIcebergRest server;

    private final InMemoryMetastore metastore = new InMemoryMetastore();
    private RemoteStore remote;
    private FetchedCatalog catalog;

    @BeforeAll
    static void start() {
        server = TestIcebergRest.start(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void open() {
        remote = kind().opener().open(NAME, connection());
        catalog = catalog(remote);
    }

    @AfterEach
    void empty() {
        remote.databases().forEach(each -> remote.dropDatabase(each.path(), true));
        remote.close();
    }

    @Override
    protected Catalog catalog() {
        return catalog;
    }

    private static RemoteKinds.RemoteKind kind() {
        return RemoteKinds.of(ConnectionKind.ICEBERG).orElseThrow();
    }

    private FetchedCatalog catalog(RemoteStore store) {
        return new FetchedCatalog(NAME, store, kind().connectors().get(), metastore, metastore, new TestClock());
    }

    private static OpenConnection connection() {
        return connection(folder.toUri().toString());
    }

    private static OpenConnection connection(String files) {
        return connection(server.uri(), files);
    }

    private static OpenConnection connection(String uri, String files) {
        var connection = new Connection(
                new ConnectionId(UUID.nameUUIDFromBytes(new byte[] {2})),
                new ConnectionName("lake"),
                ConnectionKind.ICEBERG,
                new ConnectionFields(Map.of("catalogType", "rest", "uri", uri, "files", files)),
                Map.of(),
                "",
                1,
                "local",
                Instant.EPOCH,
                Instant.EPOCH);
        return new OpenConnection(connection, field -> Optional.of("s3cret"), Reach.ANYWHERE);
    }

    @Test
    void isDescribedButNotPlannedWhileItsServerIsDown() throws IOException {
        catalog.createDatabase(new DatabaseName("shop"), "");
        Table events = catalog.create(EVENTS, TableSpec.of(List.of(Column.physical("id", "INT")), Map.of()), US);
        String nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = "http://127.0.0.1:" + socket.getLocalPort();
        }
        FetchedCatalog down = catalog(
                kind().opener().open(NAME, connection(nobody, folder.toUri().toString())));

        assertThat(down.lastKnown(EVENTS)).map(Catalog.LastKnown::table).contains(events);
        assertThatThrownBy(() -> down.resolve(events.ref()))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE))
                .hasMessageContaining("'" + NAME + "' does not answer")
                .hasMessageNotContaining(nobody);
    }

    @Test
    void laysWhatOnlyFlinkKnowsOverATable() throws IOException {
        catalog.createDatabase(new DatabaseName("shop"), "");
        var spec = new TableSpec(
                List.of(
                        Column.physical("id", "BIGINT NOT NULL"),
                        Column.physical("at", "TIMESTAMP(6)"),
                        Column.computed("sold", "CAST(`at` AS TIMESTAMP(3))")),
                Optional.empty(),
                List.of(new Watermark("sold", "`sold` - INTERVAL '5' SECOND")),
                List.of(),
                Map.of("write.format.default", "orc", "streaming", "true"),
                Optional.empty(),
                Optional.empty());

        Table created = catalog.create(EVENTS, spec, US);

        assertThat(created.spec()).isEqualTo(spec);
        assertThat(catalog.find(EVENTS)).contains(created);
        try (RESTCatalog other = new RESTCatalog()) {
            other.initialize("other", Map.of("uri", server.uri(), "io-impl", "org.apache.iceberg.hadoop.HadoopFileIO"));
            var there = other.loadTable(TableIdentifier.of("shop", "events"));
            assertThat(there.schema().columns())
                    .extracting(Types.NestedField::name)
                    .containsExactly("id", "at");
            assertThat(there.properties())
                    .containsEntry("write.format.default", "orc")
                    .doesNotContainKey("streaming")
                    .doesNotContainKey("connector");
        }
        assertThat(catalog.resolve(created.ref()).orElseThrow())
                .containsEntry("connector", "iceberg")
                .containsEntry("catalog-type", "rest")
                .containsEntry("uri", server.uri())
                .containsEntry("token", "s3cret")
                .containsEntry("catalog-database", "shop")
                .containsEntry("catalog-table", "events")
                .containsEntry("streaming", "true");
    }

    @Test
    void knowsWhichTablesANarrowerFolderWouldExclude() {
        catalog.createDatabase(new DatabaseName("shop"), "");
        var spec = TableSpec.of(List.of(Column.physical("id", "BIGINT")), Map.of());
        catalog.create(EVENTS, spec, US);
        catalog.create(TablePath.of("lake", "shop", "kept"), spec, US);
        Map<DatabasePath, Set<TableName>> known = Map.of(
                EVENTS.parent(), Set.of(new TableName("events"), new TableName("kept"), new TableName("gone")),
                DatabasePath.of("lake", "nowhere"), Set.of(new TableName("x")));
        String location = location("kept");

        assertThat(OutsideTables.between(connection(), connection(location), known))
                .containsExactly(EVENTS);
        assertThat(OutsideTables.between(connection(location), connection(location + "/data"), known))
                .as("what is excluded already is in nobody's way")
                .containsExactly(TablePath.of("lake", "shop", "kept"));
        assertThat(OutsideTables.between(connection(location), connection(), known))
                .isEmpty();
    }

    private static String location(String table) {
        try (RESTCatalog other = new RESTCatalog()) {
            other.initialize("other", Map.of("uri", server.uri(), "io-impl", "org.apache.iceberg.hadoop.HadoopFileIO"));
            String location = other.loadTable(TableIdentifier.of("shop", table)).location();
            return location.startsWith("/") ? "file://" + location : location;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void keepsTheOverlayWhenAColumnIsAddedThere() throws IOException {
        catalog.createDatabase(new DatabaseName("shop"), "");
        Table created = catalog.create(
                EVENTS,
                TableSpec.of(List.of(Column.physical("id", "BIGINT"), Column.computed("twice", "`id` * 2")), Map.of()),
                US);
        try (RESTCatalog other = new RESTCatalog()) {
            other.initialize("other", Map.of("uri", server.uri(), "io-impl", "org.apache.iceberg.hadoop.HadoopFileIO"));
            other.loadTable(TableIdentifier.of("shop", "events"))
                    .updateSchema()
                    .addColumn("theirs", Types.DateType.get())
                    .commit();
        }

        Table drifted = catalog.find(EVENTS).orElseThrow();

        assertThat(drifted.id()).isEqualTo(created.id());
        assertThat(drifted.version()).isGreaterThan(created.version());
        assertThat(drifted.spec().columns()).extracting(Column::name).contains("id", "theirs", "twice");
    }

    @Test
    void aRenamedColumnKeepsItsDataAndIdentity() {
        catalog.createDatabase(new DatabaseName("shop"), "");
        Table created = catalog.create(
                EVENTS,
                TableSpec.of(List.of(Column.physical("id", "BIGINT"), Column.physical("name", "DATE")), Map.of()),
                US);

        Table renamed = catalog.alter(
                created,
                new Alteration(
                        new TableName("events"),
                        TableSpec.of(
                                List.of(Column.physical("id", "BIGINT"), Column.physical("born", "DATE")), Map.of()),
                        Map.of("born", created.columnIds().inOrder().get(1))),
                US);

        assertThat(renamed.spec().columns()).extracting(Column::name).containsExactly("id", "born");
        assertThat(renamed.columnIds().inOrder()).isEqualTo(created.columnIds().inOrder());
    }

    @Test
    void aColumnThatOthersRenameKeepsItsIdentityAndWhatLiesBehindIt() throws IOException {
        catalog.createDatabase(new DatabaseName("shop"), "");
        var columns = List.of(
                Column.physical("id", "BIGINT"),
                Column.computed("twice", "2 * 2"),
                Column.physical("a", "DATE"),
                Column.physical("b", "DATE"));
        Table created = catalog.create(EVENTS, TableSpec.of(columns, Map.of()), US);

        theirs(table -> {
            table.updateSchema().renameColumn("id", "number").commit();
            table.updateSchema().renameColumn("a", "c").commit();
            table.updateSchema().renameColumn("b", "a").commit();
            table.updateSchema().renameColumn("c", "b").moveAfter("c", "a").commit();
        });
        Table renamed = catalog.find(EVENTS).orElseThrow();

        assertThat(renamed.spec().columns())
                .extracting(Column::name)
                .as("names went round, so the places of these two say nothing")
                .containsExactly("number", "twice", "a", "b");
        assertThat(created.columnIds().inOrder()).containsExactly(1, 2, 3, 4);
        assertThat(renamed.columnIds().inOrder()).containsExactly(1, 2, 4, 3);
        assertThat(metastore
                        .versions(renamed.id(), Long.MAX_VALUE, 1)
                        .get(0)
                        .change()
                        .summary())
                .isEqualTo("column `id` renamed to `number`; column `b` renamed to `a`; column `a` renamed to `b`;"
                        + " columns in another order in the store");
        assertThat(catalog.find(EVENTS)).contains(renamed);

        theirs(table -> table.updateSchema().deleteColumn("b").commit());
        theirs(table ->
                table.updateSchema().addColumn("b", Types.DateType.get()).commit());
        Table replaced = catalog.find(EVENTS).orElseThrow();
        assertThat(replaced.spec()).isEqualTo(renamed.spec());
        assertThat(replaced.columnIds().inOrder()).containsExactly(1, 2, 4, 5);
    }

    private static void theirs(Consumer<org.apache.iceberg.Table> change) throws IOException {
        try (RESTCatalog other = new RESTCatalog()) {
            other.initialize("other", Map.of("uri", server.uri(), "io-impl", "org.apache.iceberg.hadoop.HadoopFileIO"));
            change.accept(other.loadTable(TableIdentifier.of("shop", "events")));
        }
    }
}
