package io.millrace.dist.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A page of the documentation, mostly about a kind of store: what its reader would copy from it. */
record Guide(String text) {
    private static final Path PAGES = Path.of(System.getProperty("millrace.root"), "docs/guide");
    private static final Pattern SQL_COMMAND = Pattern.compile("(?m)^millrace sql -e \"(.*)\"$");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```");

    static Guide of(String store) throws IOException {
        return page("stores/" + store);
    }

    static Guide page(String name) throws IOException {
        return new Guide(Files.readString(PAGES.resolve(name + ".md")));
    }

    /** The file that describes the connection, with the example's addresses exchanged for real ones. */
    String connection(Map<String, String> addresses) {
        String file = blocks("yaml").get(0);
        for (Map.Entry<String, String> each : addresses.entrySet()) {
            if (!file.contains(each.getKey())) {
                throw new AssertionError("the guide has no '" + each.getKey() + "' in " + file);
            }
            file = file.replace(each.getKey(), each.getValue());
        }
        return file;
    }

    /** All of its SQL, in order, from block {@code first} on. */
    String sql(int first) {
        return sql(first, blocks("sql").size());
    }

    String firstSql() {
        return sql(0, 1);
    }

    /** The blocks of SQL from {@code first} to the one before {@code end}. */
    String sql(int first, int end) {
        return String.join("\n", blocks("sql").subList(first, end));
    }

    /** What the first commands of the page give to {@code millrace sql -e}. */
    List<String> sqlOfCommands() {
        return SQL_COMMAND
                .matcher(blocks("sh").get(0))
                .results()
                .map(command -> command.group(1))
                .toList();
    }

    private List<String> blocks(String language) {
        return BLOCK.matcher(text)
                .results()
                .filter(block -> block.group(1).equals(language))
                .map((MatchResult block) -> block.group(2))
                .toList();
    }
}
