package io.millrace.flink.gateway.analysis;

import io.millrace.flink.gateway.problem.Hints;
import io.millrace.flink.gateway.script.Token;
import io.millrace.flink.gateway.script.Tokens;
import io.millrace.flink.gateway.session.SqlSession;
import org.apache.flink.table.catalog.Column;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Guesses names: those that exist in the session and look like the unknown one. */
public final class Suggestions implements Hints {
    private static final Pattern OBJECT = Pattern.compile("Object '(.+?)' not found(?: within '(.+?)')?");
    private static final Pattern TABLE = Pattern.compile("Table '(.+?)' (?:does not exist|not found)");
    private static final Pattern COLUMN =
            Pattern.compile("Column '(.+?)' not found|Unknown (?:target )?column '(.+?)'");
    private static final Pattern FUNCTION = Pattern.compile("No match found for function signature (\\w+)");
    private static final Pattern SYNTAX = Pattern.compile("Syntax error at '(.+?)'\\.", Pattern.DOTALL);
    private static final Set<String> NAME_FOLLOWS =
            Set.of("USE", "FROM", "JOIN", "INTO", "DATABASE", "CATALOG", "DESCRIBE");
    private static final Set<String> NO_NAME =
            Set.of("SELECT", "VALUES", "LATERAL", "UNNEST", "TABLE", "CATALOG", "MODULES", "IF", "EXISTS", "DATABASE");

    private final Names names;

    public Suggestions(SqlSession session) {
        this.names = new Names(session);
    }

    @Override
    public Optional<String> hint(String sentence, String sql) {
        Matcher matcher = COLUMN.matcher(sentence);
        if (matcher.find()) {
            return meant(
                    Nearest.to(last(matcher.group(1) == null ? matcher.group(2) : matcher.group(1)), columns(sql)));
        }
        matcher = OBJECT.matcher(sentence);
        if (matcher.find()) {
            return meant(object(matcher.group(1), matcher.group(2)));
        }
        matcher = TABLE.matcher(sentence);
        if (matcher.find()) {
            return meant(names.nearestTable(path(matcher.group(1))));
        }
        matcher = FUNCTION.matcher(sentence);
        if (matcher.find()) {
            String word = matcher.group(1);
            boolean upper = word.equals(word.toUpperCase(Locale.ROOT));
            return meant(Nearest.to(word, names.functions()).map(name -> upper ? name.toUpperCase(Locale.ROOT) : name));
        }
        matcher = SYNTAX.matcher(sentence);
        if (!matcher.find()) {
            return Optional.empty();
        }
        String encountered = matcher.group(1);
        return reservedName(sql).or(() -> syntax(encountered));
    }

    /** A reserved word where a name belongs: the usual reason for a syntax error in a statement that looks right. */
    private static Optional<String> reservedName(String sql) {
        List<Token> tokens = Tokens.of(sql);
        for (int i = 1; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            Token before = tokens.get(i - 1);
            boolean afterDot = before.isSymbol('.');
            boolean named = before.kind() == Token.Kind.WORD && NAME_FOLLOWS.contains(before.upper());
            if (token.kind() == Token.Kind.WORD
                    && Keywords.isReserved(token.text())
                    && (afterDot || (named && !NO_NAME.contains(token.upper())))) {
                return Optional.of(reserved(token.text()));
            }
        }
        return Optional.empty();
    }

    private static String reserved(String word) {
        return "'" + word + "' is a reserved word. If it is meant as a name, write it in backticks: `" + word + "`.";
    }

    private static Optional<String> syntax(String encountered) {
        String word = encountered.substring(encountered.lastIndexOf(' ') + 1);
        if (Keywords.isReserved(word)) {
            return Optional.of(reserved(word));
        }
        return meant(Nearest.to(word, Keywords.reserved()));
    }

    private Optional<String> object(String name, @Nullable String within) {
        List<String> path = within == null ? new ArrayList<>() : new ArrayList<>(path(within));
        path.add(name);
        if (path.size() < 3) {
            List<String> others = new ArrayList<>(path.size() == 1 ? names.catalogs() : List.of());
            others.addAll(names.databases(path.size() == 1 ? names.currentCatalog() : path.get(0)));
            return names.nearestTable(path).or(() -> Nearest.to(name, others));
        }
        return names.nearestTable(path);
    }

    private List<String> columns(String sql) {
        return Mentioned.in(sql).stream()
                .flatMap(table -> names.columns(table.path()).stream())
                .map(Column::getName)
                .toList();
    }

    private static List<String> path(String dotted) {
        return Arrays.stream(dotted.replace("`", "").split("\\.")).toList();
    }

    private static String last(String dotted) {
        return dotted.substring(dotted.lastIndexOf('.') + 1);
    }

    private static Optional<String> meant(Optional<String> name) {
        return name.map(text -> "Did you mean '" + text + "'?");
    }
}
