package io.millrace.flink.gateway.analysis;

import org.apache.calcite.sql.parser.SqlAbstractParserImpl;
import org.apache.flink.sql.parser.impl.FlinkSqlParserImpl;

import java.io.StringReader;
import java.util.List;
import java.util.Locale;

/** The words that Flink's parser knows. */
public final class Keywords {
    private static final SqlAbstractParserImpl.Metadata METADATA =
            FlinkSqlParserImpl.FACTORY.getParser(new StringReader("")).getMetadata();

    private static final List<String> ALL = METADATA.getTokens().stream()
            .filter(METADATA::isKeyword)
            .filter(word -> word.matches("[A-Z_]+"))
            .sorted()
            .toList();

    private Keywords() {}

    static List<String> all() {
        return ALL;
    }

    static List<String> reserved() {
        return ALL.stream().filter(METADATA::isReservedWord).toList();
    }

    /** Whether a name must be written in backticks because it is this word. */
    public static boolean isReserved(String word) {
        return METADATA.isReservedWord(word.toUpperCase(Locale.ROOT));
    }

    /** A name as it can stand in a statement. */
    static String quoted(String name) {
        return name.matches("[A-Za-z_][A-Za-z0-9_]*") && !isReserved(name) ? name : "`" + name.replace("`", "``") + "`";
    }
}
