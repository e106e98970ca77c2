package io.millrace.server.catalog;

import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.FunctionId;
import io.millrace.core.catalog.FunctionName;
import io.millrace.core.catalog.FunctionPath;
import io.millrace.core.catalog.TableId;
import io.millrace.core.catalog.TableName;
import io.millrace.core.catalog.TablePath;
import io.millrace.core.catalog.TableRef;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;

import java.util.Collection;
import java.util.List;

/** The sentences that callers of the catalog read when something cannot be done. */
final class CatalogFailures {
    private CatalogFailures() {}

    static MillraceException noCatalog(CatalogName name, List<String> known) {
        return new MillraceException(
                ErrorCode.CATALOG_NOT_FOUND,
                "There is no catalog '" + name + "'."
                        + (known.isEmpty() ? "" : " There are: " + String.join(", ", known) + "."));
    }

    static MillraceException noDatabase(DatabasePath path) {
        return new MillraceException(ErrorCode.DATABASE_NOT_FOUND, "There is no database '" + path + "'.");
    }

    static MillraceException noTable(TablePath path) {
        return new MillraceException(ErrorCode.TABLE_NOT_FOUND, "There is no table '" + path + "'.");
    }

    static MillraceException noRef(TableRef ref) {
        return new MillraceException(
                ErrorCode.TABLE_NOT_FOUND,
                "There is no table with reference " + ref + "; it was dropped or changed. Plan the statement again.");
    }

    static MillraceException databaseExists(DatabasePath path) {
        return new MillraceException(ErrorCode.DATABASE_EXISTS, "There is a database '" + path + "' already.");
    }

    static MillraceException databaseNotEmpty(DatabasePath path) {
        return new MillraceException(
                ErrorCode.DATABASE_NOT_EMPTY,
                "Database '" + path + "' has tables or functions. Drop them first, or add CASCADE.");
    }

    static MillraceException tableExists(TablePath path) {
        return new MillraceException(ErrorCode.TABLE_EXISTS, "There is a table or view '" + path + "' already.");
    }

    static MillraceException nameInOtherCase(TablePath path, TableName other) {
        String hint = "There is '" + other + "' already. Use it, or choose a name that differs in more than case.";
        return invalid(
                ErrorCode.TABLE_INVALID,
                path,
                List.of(Flaw.at("/name", "The name differs from that of another table only in case.", hint)));
    }

    static MillraceException noColumns(TablePath path, Collection<String> names) {
        List<Flaw> flaws = names.stream()
                .map(name -> Flaw.at("/columns/" + name, "There is no column '" + name + "'."))
                .toList();
        return invalid(ErrorCode.TABLE_INVALID, path, flaws);
    }

    /** A database has no type for a column of Flink's. */
    static MillraceException noSuchType(String product, TablePath path, String column, String type) {
        String hint = type.contains("TIME ZONE") || type.contains("LTZ")
                ? "Use TIMESTAMP(3) and write CAST(… AS TIMESTAMP(3)), which is in the session's time zone."
                : "Use a plain type; nested values can be stored as text with JSON_STRING(…).";
        return new MillraceException(
                ErrorCode.TYPE_UNSUPPORTED,
                "Column '" + column + "' of " + path + ": " + product + " tables cannot have type " + type
                        + " through Flink. " + hint,
                List.of(Flaw.at("/columns", "column '" + column + "' has type " + type, hint)));
    }

    static MillraceException notDropped(DatabasePath database, TableId id) {
        return new MillraceException(
                ErrorCode.TABLE_NOT_FOUND, "There is no dropped table '" + id + "' in '" + database + "'.");
    }

    static MillraceException restoredNameTaken(TablePath path, TableName free) {
        String hint = "Restore it as '" + free + "'.";
        return new MillraceException(
                ErrorCode.TABLE_EXISTS,
                "There is another table or view '" + path + "' now. " + hint,
                List.of(Flaw.at("/name", "taken", hint)));
    }

    static MillraceException noFunction(FunctionPath path) {
        return new MillraceException(ErrorCode.FUNCTION_NOT_FOUND, "There is no function '" + path + "'.");
    }

    static MillraceException functionExists(FunctionPath path) {
        return new MillraceException(
                ErrorCode.FUNCTION_EXISTS,
                "There is a function '" + path + "' already. Names of functions do not differ by case.");
    }

    static MillraceException functionInvalid(FunctionPath path, Flaw flaw) {
        String hint = flaw.hint().map(text -> " " + text).orElse("");
        return new MillraceException(
                ErrorCode.FUNCTION_INVALID, "Function '" + path + "': " + flaw.message() + hint, List.of(flaw));
    }

    static MillraceException functionNotDropped(DatabasePath database, FunctionId id) {
        return new MillraceException(
                ErrorCode.FUNCTION_NOT_FOUND,
                "There is no dropped function '" + id + "' in '" + database + "' that could be restored.");
    }

    static MillraceException restoredNameTaken(FunctionPath path, FunctionName free) {
        String hint = "Restore it as '" + free + "'.";
        return new MillraceException(
                ErrorCode.FUNCTION_EXISTS,
                "There is another function '" + path + "' now. " + hint,
                List.of(Flaw.at("/name", "taken", hint)));
    }

    static MillraceException stale(FunctionPath path) {
        return new MillraceException(
                ErrorCode.STALE_VERSION, "Function '" + path + "' changed meanwhile; read it again.");
    }

    static MillraceException stale(TablePath path) {
        return new MillraceException(ErrorCode.STALE_VERSION, "Table '" + path + "' changed meanwhile; read it again.");
    }

    /** Something that this kind of catalog does not do at all. */
    static MillraceException unsupported(String sentence) {
        return new MillraceException(ErrorCode.CATALOG_UNSUPPORTED, sentence);
    }

    static MillraceException invalid(ErrorCode code, TablePath path, List<Flaw> flaws) {
        Flaw first = flaws.get(0);
        String hint = first.hint().map(text -> " " + text).orElse("");
        String more = flaws.size() == 1 ? "" : " (and " + (flaws.size() - 1) + " more)";
        return new MillraceException(code, "Table '" + path + "': " + first.message() + hint + more, flaws);
    }
}
