package io.millrace.server.catalog;

import io.millrace.api.catalog.DroppedTableView;
import io.millrace.api.catalog.FoundKind;
import io.millrace.api.catalog.FoundObject;
import io.millrace.api.catalog.PurgeView;
import io.millrace.api.catalog.RefreshView;
import io.millrace.api.catalog.TableChangeCause;
import io.millrace.api.catalog.TableKind;
import io.millrace.api.catalog.TablePatch;
import io.millrace.api.catalog.TableVersionView;
import io.millrace.api.catalog.TableView;
import io.millrace.core.catalog.Column;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.DroppedTable;
import io.millrace.core.catalog.Table;
import io.millrace.core.catalog.TableDdl;
import io.millrace.core.catalog.TableId;
import io.millrace.core.catalog.TablePath;
import io.millrace.core.catalog.TableSpec;
import io.millrace.core.catalog.TableVersion;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Wire records of what users do with single tables. */
final class TableViews {
    private static final int MOST_COLUMNS = 10;
    private static final int MOST_PATHS = 1_000;

    private TableViews() {}

    static TableView of(TableService.Described described) {
        List<String> twins = described.twins().stream().map(TablePath::toString).toList();
        return view(described.table(), described.asOf().orElse(null), twins);
    }

    /** A table and the statement that makes it. */
    static TableView withDdl(Table table) {
        return view(table, null, null);
    }

    private static TableView view(Table table, @Nullable Instant asOf, @Nullable List<String> twins) {
        TableView plain = CatalogViews.of(table);
        return new TableView(
                plain.id(),
                plain.version(),
                plain.ref(),
                plain.catalog(),
                plain.database(),
                plain.definition(),
                TableDdl.of(table.path(), table.spec()),
                asOf,
                twins);
    }

    static TableVersionView of(DatabasePath database, TableVersion version) {
        TablePath path = database.table(version.name());
        var then = new Table(
                new TableId("then"),
                path,
                version.spec(),
                version.columnIds(),
                version.version(),
                Optional.empty(),
                Optional.empty());
        return new TableVersionView(
                version.version(),
                version.name().value(),
                TableChangeCause.valueOf(version.change().cause().name()),
                version.change().summary(),
                version.change().origin().author(),
                version.change().origin().statement().orElse(null),
                version.change().at(),
                TableDdl.of(path, version.spec()),
                CatalogViews.definition(then));
    }

    static DroppedTableView of(DroppedTable table) {
        return new DroppedTableView(
                table.id().value(),
                table.path().table().value(),
                table.view() ? TableKind.VIEW : TableKind.TABLE,
                !table.fetched(),
                table.dropped().origin().author(),
                table.dropped().at(),
                table.dropped().summary());
    }

    static PurgeView of(TablePurge.Purged purged) {
        return new PurgeView(
                purged.table().path().table().value(),
                purged.files().size(),
                purged.files().stream().mapToLong(OwnFolder.Content::bytes).sum(),
                purged.files().stream()
                        .map(OwnFolder.Content::path)
                        .limit(MOST_PATHS)
                        .toList());
    }

    static RefreshView of(Refreshed result) {
        return new RefreshView(
                names(result.added()),
                names(result.changed()),
                names(result.gone()),
                result.unchanged(),
                result.unmappable().entrySet().stream()
                        .map(each -> new RefreshView.UnmappableTable(
                                name(each.getKey()),
                                each.getValue().code().name(),
                                String.valueOf(each.getValue().getMessage())))
                        .toList());
    }

    static FoundObject found(Found found, List<String> words) {
        List<Column> columns = found.table().map(TableSpec::columns).orElse(List.of());
        return new FoundObject(
                found.place().catalog(),
                found.place().database(),
                found.place().name(),
                kind(found),
                found.table().flatMap(TableSpec::comment).orElse(""),
                columns.stream()
                        .filter(column -> words.stream().anyMatch(word -> mentions(column, word)))
                        .map(Column::name)
                        .limit(MOST_COLUMNS)
                        .toList(),
                found.className().orElse(null));
    }

    private static FoundKind kind(Found found) {
        return found.table()
                .map(table -> table.isView() ? FoundKind.VIEW : FoundKind.TABLE)
                .orElse(FoundKind.FUNCTION);
    }

    static Map<String, String> columnComments(TablePatch patch) {
        Map<String, String> comments = patch.columnComments();
        return comments == null ? Map.of() : comments;
    }

    static <T> T required(@Nullable T body) {
        if (body == null) {
            throw new MillraceException(ErrorCode.REQUEST_INVALID, "The request needs a body.");
        }
        return body;
    }

    /** Where the API shows a table. */
    static URI address(TablePath path) {
        return address(path.parent(), "tables", path.table().value());
    }

    /** Where the API shows something that a database has. */
    static URI address(DatabasePath database, String collection, String name) {
        return URI.create("/api/v1/catalogs/" + encoded(database.catalog().value()) + "/databases/"
                + encoded(database.database().value()) + "/" + collection + "/" + encoded(name));
    }

    private static boolean mentions(Column column, String word) {
        String plain = word.toLowerCase(Locale.ROOT);
        return Stream.of(column.name(), column.comment().orElse(""))
                .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(plain));
    }

    private static List<String> names(List<TablePath> paths) {
        return paths.stream().map(TableViews::name).toList();
    }

    private static String name(TablePath path) {
        return path.parent().database() + "." + path.table();
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
