package io.millrace.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.catalog.Alteration;
import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.Column;
import io.millrace.core.catalog.Database;
import io.millrace.core.catalog.DatabaseName;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.InMemoryMetastore;
import io.millrace.core.catalog.PrimaryKey;
import io.millrace.core.catalog.Table;
import io.millrace.core.catalog.TableFilter;
import io.millrace.core.catalog.TableName;
import io.millrace.core.catalog.TablePath;
import io.millrace.core.catalog.TableSpec;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.millrace.testkit.TestClock;
import io.millrace.testkit.TestMariaDb;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** MySQL's tables as a catalog, on a real MariaDB. */
class MysqlCatalogIT extends CatalogContract {
    private static final CatalogName NAME = new CatalogName("mysql_crm");

    private static TestMariaDb server;

    private final MysqlRemote remote = new MysqlRemote(NAME, MysqlConnections.to(server));
    private final InMemoryMetastore metastore = new InMemoryMetastore();
    private final FetchedCatalog catalog =
            new FetchedCatalog(NAME, remote, ConnectorFiles.read("mysql"), metastore, metastore, new TestClock());

    @BeforeAll
    static void start() {
        server = TestMariaDb.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void empty() {
        remote.databases().forEach(each -> remote.dropDatabase(each.path(), true));
        sql("CREATE DATABASE crm CHARACTER SET latin1 COMMENT 'people'");
    }

    @AfterEach
    void close() {
        remote.close();
    }

    @Override
    protected Catalog catalog() {
        return catalog;
    }

    @Test
    void showsDatabasesButThoseOfTheSystem() {
        assertThat(catalog.databases()).containsExactly(new Database(crm(), "people"));
        assertFails(ErrorCode.DATABASE_NOT_FOUND, () -> catalog.tables(DatabasePath.of("mysql_crm", "mysql")));
        assertThat(catalog.find(TablePath.of("mysql_crm", "mysql", "user"))).isEmpty();
        assertThat(catalog.find(TablePath.of("mysql_crm", "information_schema", "TABLES")))
                .isEmpty();
        assertFails(ErrorCode.DATABASE_NOT_FOUND, () -> catalog.dropDatabase(new DatabaseName("mysql"), true, US));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "boolean|BOOLEAN",
                "tinyint(1) unsigned|BOOLEAN",
                "tinyint|TINYINT",
                "tinyint unsigned|SMALLINT",
                "smallint|SMALLINT",
                "smallint unsigned|INT",
                "mediumint|INT",
                "mediumint unsigned|INT",
                "int(11)|INT",
                "int unsigned zerofill|BIGINT",
                "bigint|BIGINT",
                "bigint unsigned|DECIMAL(20, 0)",
                "float|FLOAT",
                "double unsigned|DOUBLE",
                "real|DOUBLE",
                "decimal|DECIMAL(10, 0)",
                "decimal(38,30)|DECIMAL(38, 30)",
                "numeric(10,2) unsigned|DECIMAL(10, 2)",
                "bit|BOOLEAN",
                "bit(8)|VARBINARY(2147483647)",
                "year|SMALLINT",
                "date|DATE",
                "time(6)|TIME(0)",
                "datetime|TIMESTAMP(0)",
                "datetime(6)|TIMESTAMP(6)",
                "timestamp(3) null|TIMESTAMP(3)",
                "char(3)|VARCHAR(3)",
                "char(0)|VARCHAR(1)",
                "varchar(20)|VARCHAR(20)",
                "nvarchar(7)|VARCHAR(7)",
                "tinytext|VARCHAR(2147483647)",
                "longtext|VARCHAR(2147483647)",
                "json|VARCHAR(2147483647)",
                "enum('a','b,c''d')|VARCHAR(2147483647)",
                "set('a','unsigned')|VARCHAR(2147483647)",
                "binary(16)|VARBINARY(2147483647)",
                "varbinary(10)|VARBINARY(2147483647)",
                "longblob|VARBINARY(2147483647)",
                "geometry|VARBINARY(2147483647)",
                "multipolygon|VARBINARY(2147483647)",
                "uuid|VARCHAR(2147483647)",
                "inet6|VARCHAR(2147483647)",
                "inet4|VARCHAR(2147483647)"
            })
    void mapsTypes(String type, String flink) {
        sql("CREATE TABLE crm.t (id bigint AUTO_INCREMENT PRIMARY KEY, c " + type + ")");

        assertThat(catalog.find(path("t")).orElseThrow().spec().columns())
                .containsExactly(Column.physical("id", "BIGINT NOT NULL"), Column.physical("c", flink));
    }

    @ParameterizedTest
    @ValueSource(strings = {"decimal(65,30)", "decimal(39,0)"})
    void refusesTypesByName(String type) {
        sql("CREATE TABLE crm.t (id int, c " + type + ")", "CREATE TABLE crm.fine (id int)");

        assertThatThrownBy(() -> catalog.find(path("t"))).isInstanceOfSatisfying(MillraceException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.TYPE_UNSUPPORTED);
            assertThat(e).hasMessageContaining("Column 'c' of mysql_crm.crm.t has type " + type);
        });
        assertThat(catalog.tables(crm())).hasSize(2);
        assertThat(catalog.find(path("fine"))).isPresent();
        assertThat(scan("t", "fine"))
                .anySatisfy(each -> assertThat(each.flaw())
                        .hasValueSatisfying(flaw -> assertThat(flaw.code()).isEqualTo(ErrorCode.TYPE_UNSUPPORTED)))
                .anySatisfy(each -> assertThat(each.table()).isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a`b", "what?", "a:b"})
    void refusesColumnsThatTheConnectorCouldNotName(String column) {
        sql("CREATE TABLE crm.t (" + MysqlDdl.quote(column) + " int)");

        assertThatThrownBy(() -> catalog.find(path("t"))).hasMessageContaining("Column '" + column + "'");
    }

    @Test
    void fetchesKeysInTheirOrderAndComments() {
        sql("CREATE TABLE crm.t (a int, b text NOT NULL COMMENT 'the \"b\"', `order` varchar(9), g int AS (a + 1),"
                + " PRIMARY KEY (`order`, a), KEY (b(3))) COMMENT 'it''s a \\\\ table'");

        TableSpec spec = catalog.find(path("t")).orElseThrow().spec();

        assertThat(spec.primaryKey()).contains(new PrimaryKey("PRIMARY", List.of("order", "a")));
        assertThat(spec.comment()).contains("it's a \\ table");
        assertThat(spec.columns())
                .containsExactly(
                        Column.physical("a", "INT NOT NULL"),
                        Column.physical("b", "VARCHAR(2147483647) NOT NULL").commented(Optional.of("the \"b\"")),
                        Column.physical("order", "VARCHAR(9) NOT NULL"),
                        Column.physical("g", "INT"));
    }

    @Test
    void readsViewsAndDropsNone() {
        sql(
                "CREATE TABLE crm.t (id int) WITH SYSTEM VERSIONING COMMENT 'VIEW'",
                "CREATE VIEW crm.v AS SELECT id, id + 0.5 AS half FROM crm.t",
                "CREATE SEQUENCE crm.s");

        assertThat(catalog.tables(crm()))
                .extracting(head -> head.name().value() + ":" + head.comment())
                .containsExactly("t:VIEW", "v:");
        assertThat(catalog.find(path("v")).orElseThrow().spec().comment()).isEmpty();
        assertFails(ErrorCode.CATALOG_UNSUPPORTED, () -> catalog.drop(path("v"), US));
        assertThat(catalog.find(path("v"))).isPresent();
        assertThat(catalog.find(path("s"))).isEmpty();
    }

    @Test
    void tellsNamesApartThatDifferInCaseOnly() {
        sql("CREATE TABLE crm.users (a int)", "CREATE TABLE crm.Users (b bigint PRIMARY KEY)");

        assertThat(catalog.tables(crm())).hasSize(2);
        assertThat(catalog.find(path("Users")).orElseThrow().spec().columns())
                .containsExactly(Column.physical("b", "BIGINT NOT NULL"));
        assertThat(catalog.find(path("users")).orElseThrow().spec().columns())
                .containsExactly(Column.physical("a", "INT"));
        assertThat(catalog.find(path("USERS"))).isEmpty();
        assertThat(scan("users", "Users", "USERS")).hasSize(2);
        assertThat(remote.heads(crm())).extracting(RemoteStore.Head::stamp).doesNotHaveDuplicates();
    }

    @Test
    void stampsEachTableAnewWhenItsStructureChanges() {
        sql("CREATE TABLE crm.t (a int, b int, PRIMARY KEY (a, b))", "CREATE TABLE crm.u (a int)");

        for (String change : List.of(
                "ALTER TABLE crm.t ADD COLUMN c int",
                "ALTER TABLE crm.t MODIFY COLUMN c bigint",
                "ALTER TABLE crm.t MODIFY COLUMN c bigint NOT NULL",
                "ALTER TABLE crm.t MODIFY COLUMN c bigint NOT NULL COMMENT 'c'",
                "ALTER TABLE crm.t COMMENT 'text'",
                "ALTER TABLE crm.t MODIFY COLUMN c bigint FIRST",
                "ALTER TABLE crm.t DROP PRIMARY KEY, ADD PRIMARY KEY (b, a)",
                "ALTER TABLE crm.t DROP COLUMN c")) {
            String t = stamp("t");
            String u = stamp("u");

            sql(change);

            assertThat(stamp("t")).as(change).isNotEqualTo(t);
            assertThat(stamp("u")).as(change).isEqualTo(u);
        }
        assertThat(scan("t").get(0).head().stamp()).isEqualTo(stamp("t"));
    }

    @Test
    void scansManyTablesAndOnlyThose() {
        sql(IntStream.range(0, 30)
                .mapToObj(i -> "CREATE TABLE crm.t" + i + " (id int PRIMARY KEY, c" + i + " int)")
                .toArray(String[]::new));

        List<RemoteStore.Scanned> scanned = scan("t3", "t17", "gone");

        assertThat(scanned)
                .extracting(each ->
                        each.table().orElseThrow().spec().columns().get(1).name())
                .containsExactly("c17", "c3");
        assertThat(remote.heads(crm())).hasSize(30);
        try (var inParts = new MysqlRemote(NAME, MysqlConnections.to(server), 7)) {
            assertThat(inParts.heads(crm())).isEqualTo(remote.heads(crm()));
        }
        assertThat(remote.tables(crm(), TableFilter.ALL)).hasSize(30);
        assertThat(remote.tables(crm(), new TableFilter("T2", "t21", 3)))
                .extracting(each -> each.name().value())
                .containsExactly("t22", "t23", "t24");
    }

    @Test
    void completesATableForTheJdbcConnector() {
        sql("CREATE TABLE crm.`a``b?x=y` (id int PRIMARY KEY)");
        Table table = catalog.find(path("a`b?x=y")).orElseThrow();

        Map<String, String> options = catalog.resolve(table.ref()).orElseThrow();

        assertThat(options)
                .containsEntry("connector", "jdbc")
                .containsEntry("driver", "org.mariadb.jdbc.Driver")
                .containsEntry("table-name", "crm`.`a``b?x=y")
                .containsEntry("username", server.username())
                .containsEntry("password", server.password());
        assertThat(options.get("url"))
                .startsWith("jdbc:mysql://127.0.0.1:" + server.port() + "/?")
                .contains("allowLocalInfile=false", "allowMultiQueries=false", "permitRedirect=false")
                .contains("rewriteBatchedStatements=false")
                .doesNotContain(server.password(), "crm", "x=y");
    }

    @Test
    void keepsHostileNamesAsNames() {
        DatabaseName odd = new DatabaseName("s`; DROP DATABASE crm; --?allowLocalInfile=true#");
        catalog.createDatabase(odd, "it's \\ odd");
        TablePath path = new DatabasePath(NAME, odd).table(new TableName("t'; DROP TABLE x; -- `:id` ?"));

        Table created = catalog.create(path, TableSpec.of(List.of(Column.physical("id", "BIGINT")), Map.of()), US);

        assertThat(catalog.find(path)).contains(created);
        assertThat(catalog.databases()).contains(new Database(path.parent(), "it's \\ odd"));
        catalog.drop(path, US);
        catalog.dropDatabase(odd, false, US);
        assertThat(catalog.databases()).containsExactly(new Database(crm(), "people"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"🙂", "ends with blank "})
    void refusesNamesThatMysqlHasNot(String name) {
        var spec = TableSpec.of(List.of(Column.physical("id", "BIGINT")), Map.of());

        assertFails(ErrorCode.TABLE_INVALID, () -> catalog.create(path(name), spec, US));
        assertFails(ErrorCode.TABLE_INVALID, () -> catalog.create(path("x".repeat(65)), spec, US));
        assertThat(catalog.tables(crm())).isEmpty();
    }

    @Test
    void createsAKeyedTableWithCommentsAndChangesIt() {
        var spec = new TableSpec(
                List.of(
                        Column.physical("minute", "TIMESTAMP(3) NOT NULL"),
                        Column.physical("page", "VARCHAR(200) NOT NULL"),
                        Column.physical("views", "BIGINT").commented(Optional.of("pages seen, 'all'"))),
                Optional.of(new PrimaryKey("PK_minute", List.of("page", "minute"))),
                List.of(),
                List.of(),
                Map.of(),
                Optional.of("page views per minute"),
                Optional.empty());
        Table created = catalog.create(path("page_views_1m"), spec, US);
        assertThat(created.spec().columns()).isEqualTo(spec.columns());
        assertThat(created.spec().comment()).isEqualTo(spec.comment());
        assertThat(created.spec().primaryKey().map(PrimaryKey::columns)).contains(List.of("page", "minute"));

        var changed = new TableSpec(
                List.of(
                        spec.columns().get(0),
                        Column.physical("ok", "BOOLEAN"),
                        spec.columns().get(1),
                        Column.physical("note", "VARCHAR(2147483647)").commented(Optional.of("new"))),
                created.spec().primaryKey(),
                List.of(),
                List.of(),
                Map.of(),
                Optional.of("other"),
                Optional.empty());
        Table altered = catalog.alter(created, Alteration.of(new TableName("renamed"), changed), US);

        assertThat(altered.spec()).isEqualTo(changed);
        assertThat(altered.id()).isEqualTo(created.id());
        assertThat(catalog.find(path("page_views_1m"))).isEmpty();
    }

    @Test
    void saysWhyMysqlRefuses() {
        sql("CREATE TABLE crm.t (id int PRIMARY KEY)", "CREATE TABLE crm.child (id int REFERENCES crm.t (id))");
        var text = new TableSpec(
                List.of(Column.physical("id", "VARCHAR(2147483647) NOT NULL")),
                Optional.of(new PrimaryKey("pk", List.of("id"))),
                List.of(),
                List.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty());

        assertThatThrownBy(() -> catalog.create(path("x"), text, US)).hasMessageContaining("VARCHAR(255)");
        assertFails(
                ErrorCode.TYPE_UNSUPPORTED,
                () -> catalog.create(
                        path("x"), TableSpec.of(List.of(Column.physical("r", "ROW<a INT>")), Map.of()), US));
        assertFails(ErrorCode.CATALOG_UNSUPPORTED, () -> catalog.drop(path("t"), US));
        assertThat(catalog.find(path("t"))).isPresent();
    }

    private List<RemoteStore.Scanned> scan(String... tables) {
        var scanned = new ArrayList<RemoteStore.Scanned>();
        Set<TableName> wanted = Stream.of(tables).map(TableName::new).collect(Collectors.toSet());
        remote.scan(crm(), wanted, scanned::add);
        return scanned;
    }

    private String stamp(String table) {
        return remote.heads(crm()).stream()
                .filter(head -> head.name().value().equals(table))
                .findFirst()
                .orElseThrow()
                .stamp();
    }

    private static void sql(String... statements) {
        server.execute(statements);
    }

    private static DatabasePath crm() {
        return DatabasePath.of("mysql_crm", "crm");
    }

    private static TablePath path(String table) {
        return crm().table(new TableName(table));
    }
}
