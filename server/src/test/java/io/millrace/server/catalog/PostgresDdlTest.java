package io.millrace.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.catalog.Column;
import io.millrace.core.catalog.PrimaryKey;
import io.millrace.core.catalog.TableName;
import io.millrace.core.catalog.TablePath;
import io.millrace.core.catalog.TableSpec;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;
import java.util.Optional;

class PostgresDdlTest {
    private static final TablePath PATH = TablePath.of("postgres", "shop", "orders");
    private static final Column ID = Column.physical("id", "BIGINT NOT NULL");
    private static final Column NOTE = Column.physical("note", "VARCHAR(2147483647)");
    private static final Column PRICE = Column.physical("price", "DECIMAL(10, 2)");

    @Test
    void createsATableWithKeyAndComments() {
        var spec = new TableSpec(
                List.of(ID, NOTE.commented(Optional.of("it's free"))),
                Optional.of(new PrimaryKey("PK_id", List.of("id"))),
                List.of(),
                List.of(),
                Map.of(),
                Optional.of("all of them"),
                Optional.empty());

        assertThat(PostgresDdl.create(PATH, spec))
                .containsExactly(
                        "CREATE TABLE \"shop\".\"orders\" (\"id\" bigint NOT NULL, \"note\" text, PRIMARY KEY (\"id\"))",
                        "COMMENT ON COLUMN \"shop\".\"orders\".\"note\" IS 'it''s free'",
                        "COMMENT ON TABLE \"shop\".\"orders\" IS 'all of them'");
    }

    @Test
    void quotesWhateverItIsGiven() {
        assertThat(PostgresDdl.quote("t\"; DROP TABLE x; --")).isEqualTo("\"t\"\"; DROP TABLE x; --\"");
        assertThat(PostgresDdl.text("\\'; DROP")).isEqualTo("'\\''; DROP'");
        assertThatThrownBy(() -> PostgresDdl.quote("表".repeat(22))).hasMessageContaining("at most 63 bytes");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BOOLEAN|boolean",
                "TINYINT|smallint",
                "INT NOT NULL|integer",
                "DECIMAL(38, 18)|numeric(38,18)",
                "CHAR(3)|character(3)",
                "VARCHAR(20)|character varying(20)",
                "VARCHAR(2147483647)|text",
                "STRING|text",
                "VARBINARY(2147483647)|bytea",
                "TIMESTAMP(3)|timestamp(3)",
                "TIMESTAMP(6) NOT NULL|timestamp(6)",
                "TIME(0)|time",
                "DATE|date",
                "DOUBLE|double precision",
                "FLOAT|real"
            })
    void mapsTypes(String flink, String postgres) {
        assertThat(PostgresTypes.toPostgres(flink)).contains(postgres);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TIMESTAMP(3) WITH LOCAL TIME ZONE",
                "TIMESTAMP_LTZ(3)",
                "TIMESTAMP(9)",
                "ARRAY<INT>",
                "MAP<INT, INT>",
                "ROW<`a` INT>",
                "INTERVAL DAY(2) TO SECOND(6)",
                "VARIANT",
                "text); DROP TABLE x; --"
            })
    void refusesTypesThatCannotBeWritten(String flink) {
        assertThat(PostgresTypes.toPostgres(flink)).isEmpty();
        assertThatThrownBy(() -> PostgresDdl.create(PATH, TableSpec.of(List.of(Column.physical("c", flink)), Map.of())))
                .isInstanceOfSatisfying(MillraceException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.TYPE_UNSUPPORTED);
                    assertThat(e).hasMessageContaining("'c'").hasMessageContaining("postgres.shop.orders");
                });
    }

    @Test
    void addsDropsAndRenamesColumns() {
        assertThat(alter(List.of(ID, NOTE), List.of(ID, NOTE, PRICE)))
                .containsExactly("ALTER TABLE \"shop\".\"orders\" ADD COLUMN \"price\" numeric(10,2)");
        assertThat(alter(List.of(ID, NOTE), List.of(ID)))
                .containsExactly("ALTER TABLE \"shop\".\"orders\" DROP COLUMN \"note\"");
        assertThat(alter(List.of(ID, NOTE), List.of(ID, Column.physical("remark", "VARCHAR(2147483647)"))))
                .containsExactly("ALTER TABLE \"shop\".\"orders\" RENAME COLUMN \"note\" TO \"remark\"");
        assertThat(alter(List.of(ID), List.of(ID.commented(Optional.of("the key")))))
                .containsExactly("COMMENT ON COLUMN \"shop\".\"orders\".\"id\" IS 'the key'");
    }

    @Test
    void renamesTheTableLast() {
        assertThat(PostgresDdl.alter(
                        table(List.of(ID)), new TableName("purchases"), TableSpec.of(List.of(ID, NOTE), Map.of())))
                .containsExactly(
                        "ALTER TABLE \"shop\".\"orders\" ADD COLUMN \"note\" text",
                        "ALTER TABLE \"shop\".\"orders\" RENAME TO \"purchases\"");
    }

    @Test
    void leavesTheRestToPostgres() {
        assertRefused(List.of(ID), List.of(Column.physical("id", "INT NOT NULL")), "type of column 'id'");
        assertRefused(List.of(ID, NOTE), List.of(ID, PRICE, NOTE), "new columns can only come last");
        assertRefused(List.of(ID, NOTE), List.of(NOTE, ID), "keep their order");
        assertRefused(List.of(ID), List.of(ID, Column.computed("twice", "`id` * 2")), "'twice' is computed");
    }

    private static void assertRefused(List<Column> before, List<Column> after, String reason) {
        assertThatThrownBy(() -> alter(before, after)).isInstanceOfSatisfying(MillraceException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.CATALOG_UNSUPPORTED);
            assertThat(e).hasMessageContaining(reason);
        });
    }

    private static List<String> alter(List<Column> before, List<Column> after) {
        return PostgresDdl.alter(table(before), PATH.table(), TableSpec.of(after, Map.of()));
    }

    private static RemoteStore.RemoteTable table(List<Column> columns) {
        return new RemoteStore.RemoteTable(PATH, "1", TableSpec.of(columns, Map.of()));
    }
}
