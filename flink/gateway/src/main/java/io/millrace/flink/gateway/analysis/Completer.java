package io.millrace.flink.gateway.analysis;

import io.millrace.api.sql.Completion;
import io.millrace.api.sql.CompletionRequest;
import io.millrace.api.sql.Completions;
import io.millrace.flink.gateway.script.Token;
import io.millrace.flink.gateway.script.Tokens;
import io.millrace.flink.gateway.session.SqlSession;
import org.apache.flink.table.catalog.Column;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Says which words may stand at the cursor. Works on tokens and the catalogs, not on a parser, because the text is
 * unfinished; so it offers what is likely and never claims that anything else is wrong.
 */
public final class Completer {
    private static final int MOST = 200;
    private static final Set<String> TABLES_FOLLOW =
            Set.of("FROM", "JOIN", "INTO", "UPDATE", "TABLE", "VIEW", "DESCRIBE", "DESC", "OVERWRITE", "LIKE");

    private final Names names;

    public Completer(SqlSession session) {
        this.names = new Names(session);
    }

    public Completions complete(CompletionRequest request) {
        String sql = request.sql() == null ? "" : request.sql();
        int position = Math.max(0, Math.min(request.position(), sql.length()));
        List<Token> before = Tokens.of(sql.substring(0, position));
        String prefix = "";
        int end = before.size();
        if (end > 0 && before.get(end - 1).isIdentifier() && before.get(end - 1).end() == position) {
            prefix = before.get(end - 1).identifier();
            end--;
        }
        List<String> path = new ArrayList<>();
        while (end >= 2
                && before.get(end - 1).isSymbol('.')
                && before.get(end - 2).isIdentifier()) {
            path.add(0, before.get(end - 2).identifier());
            end -= 2;
        }
        Found found = new Found(prefix);
        if (path.isEmpty()) {
            words(sql, before.subList(0, end), found);
        } else {
            members(sql, path, found);
        }
        return found.completions();
    }

    private void words(String sql, List<Token> before, Found found) {
        String last = before.isEmpty() ? "" : before.get(before.size() - 1).upper();
        Optional<List<String>> ofGrants = GrantWords.after(before);
        ofGrants.ifPresent(words -> words.forEach(found::keyword));
        if (ofGrants.isPresent() && !last.equals("ON")) {
            return;
        }
        if (last.equals("USE")) {
            names.databases(names.currentCatalog()).forEach(name -> found.name(name, "database"));
            found.keyword("CATALOG");
        } else if (last.equals("DATABASE")) {
            names.databases(names.currentCatalog()).forEach(name -> found.name(name, "database"));
            names.catalogs().forEach(name -> found.name(name, "catalog"));
        } else if (last.equals("CATALOG")) {
            names.catalogs().forEach(name -> found.name(name, "catalog"));
        } else if (TABLES_FOLLOW.contains(last) || ofGrants.isPresent()) {
            names.tables(names.currentCatalog(), names.currentDatabase()).forEach(name -> found.name(name, "table"));
            names.databases(names.currentCatalog()).forEach(name -> found.name(name, "database"));
            names.catalogs().forEach(name -> found.name(name, "catalog"));
        } else {
            for (Mentioned.Table table : Mentioned.in(sql)) {
                names.columns(table.path()).forEach(found::column);
                found.name(table.alias(), "table");
            }
            if (!before.isEmpty()) {
                names.functions().forEach(found::function);
            }
            Keywords.all().forEach(found::keyword);
            GrantWords.FIRST.forEach(found::keyword);
            found.keyword("GRANTS");
        }
    }

    private void members(String sql, List<String> path, Found found) {
        if (path.size() == 1) {
            for (Mentioned.Table table : Mentioned.in(sql)) {
                if (table.alias().equals(path.get(0))) {
                    names.columns(table.path()).forEach(found::column);
                }
            }
            if (names.catalogs().contains(path.get(0))) {
                names.databases(path.get(0)).forEach(name -> found.name(name, "database"));
            }
            names.tables(names.currentCatalog(), path.get(0)).forEach(name -> found.name(name, "table"));
        } else if (path.size() == 2) {
            names.tables(path.get(0), path.get(1)).forEach(name -> found.name(name, "table"));
        }
        if (path.size() > 1) {
            names.columns(path).forEach(found::column);
        }
    }

    /** Words that begin with the prefix, each once, in the order in which they were found. */
    private static final class Found {
        private final String prefix;
        private final Map<String, Completion> items = new LinkedHashMap<>();

        Found(String prefix) {
            this.prefix = prefix.toLowerCase(Locale.ROOT);
        }

        void column(Column column) {
            add(
                    column.getName(),
                    new Completion(
                            Keywords.quoted(column.getName()),
                            "column",
                            column.getDataType().getLogicalType().asSummaryString()));
        }

        void name(String name, String kind) {
            add(name, new Completion(Keywords.quoted(name), kind, null));
        }

        void function(String name) {
            add(
                    name,
                    new Completion(
                            name.matches("[a-z_0-9]+") ? name.toUpperCase(Locale.ROOT) : name, "function", null));
        }

        void keyword(String word) {
            add(word, new Completion(word, "keyword", null));
        }

        private void add(@Nullable String name, Completion completion) {
            if (name != null && name.toLowerCase(Locale.ROOT).startsWith(prefix) && items.size() < MOST) {
                items.putIfAbsent(completion.kind() + " " + completion.text(), completion);
            }
        }

        Completions completions() {
            return new Completions(List.copyOf(items.values()));
        }
    }
}
