package io.millrace.flink.gateway.problem;

import io.millrace.api.problem.ProblemDetail;
import io.millrace.api.sql.Span;
import io.millrace.flink.catalog.MetastoreException;
import io.millrace.flink.gateway.script.Piece;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.flink.table.api.TableException;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.exceptions.CatalogException;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns what Flink throws into one sentence with a place in the user's text. Flink wraps: the sentence that helps is
 * deep in the chain, the place is in Calcite's exceptions, and some outer messages dump every option of a table.
 */
public final class SqlErrors {
    private static final Pattern ENCOUNTERED = Pattern.compile("Encountered \"(.*?)\" at line", Pattern.DOTALL);
    private static final Pattern NEAR = Pattern.compile("Incorrect syntax near the keyword '(.+?)'");
    private static final Pattern LEXICAL = Pattern.compile("Lexical error at line (\\d+), column (\\d+)\\.\\s+(.*)");
    private static final Pattern UNABLE =
            Pattern.compile("Unable to create a (?:source|sink) for (?:reading|writing) table '(.*?)'", Pattern.DOTALL);
    /** Sources are named after their tables. */
    private static final Pattern COORDINATOR =
            Pattern.compile("OperatorCoordinator for 'Source: (?:KafkaSource-)?([^ '\\[]+)");
    /** Of Flink's connector for Kafka, which else says only what its client was about. */
    private static final String NO_METADATA = "Failed to get metadata for topics";
    /** The rest of that message lists all catalogs. */
    private static final Pattern MISSING = Pattern.compile("Cannot find table '(.+?)' in any of the catalogs");

    /** Of names that differ only in case; ours says the same. */
    private static final Pattern CALCITES_HINT = Pattern.compile("; did you mean '.*'\\?$");

    /** Of the compiler of Flink's generated code; a method of the JVM has no more (JVMS 4.7.3). */
    private static final String TOO_MUCH_CODE = "grows beyond 64 KB";

    private static final List<String> SAYS_NOTHING = List.of(
            "SQL validation failed", "Failed to execute sql", "Failed to fetch next result", "Unable to create a ");

    private SqlErrors() {}

    /** As an answer to a request. {@code hints} may know what the user meant. */
    public static GatewayException explain(Throwable failure, Piece piece, Code code, Hints hints) {
        if (failure instanceof GatewayException explained) {
            return explained;
        }
        List<Throwable> chain = chain(failure);
        Optional<MetastoreException> metastore = first(chain, MetastoreException.class);
        if (metastore.isPresent() && metastore.get().status() >= 500) {
            return new GatewayException(Code.METASTORE_UNAVAILABLE, message(metastore.get()), List.of(), failure);
        }
        ProblemDetail detail = detail(failure, piece, hints);
        boolean denied = metastore.filter(MetastoreException::isDenial).isPresent();
        return new GatewayException(denied ? Code.ACCESS_DENIED : code, detail.detail(), List.of(detail), failure);
    }

    /** As one error of a script. */
    public static ProblemDetail detail(Throwable failure, Piece piece, Hints hints) {
        if (failure instanceof GatewayException explained) {
            return explained.errors().isEmpty()
                    ? located(message(explained), piece.span(), null)
                    : explained.errors().get(0);
        }
        List<Throwable> chain = chain(failure);
        String sentence = sentence(chain);
        Span span = place(chain, piece).orElseGet(piece::span);
        return hints.hint(sentence, piece.text())
                .map(hint -> located(CALCITES_HINT.matcher(sentence).replaceFirst(""), span, hint))
                .orElseGet(() -> located(sentence, span, null));
    }

    /** An error at a known place. */
    public static ProblemDetail located(String sentence, Span span, @Nullable String hint) {
        return new ProblemDetail("/sql", sentence, span.line(), span.column(), span.endLine(), span.endColumn(), hint);
    }

    private static List<Throwable> chain(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        Throwable next = failure;
        while (next != null && chain.size() < 50 && !chain.contains(next)) {
            chain.add(next);
            next = next.getCause();
        }
        return chain;
    }

    private static <T extends Throwable> Optional<T> first(List<Throwable> chain, Class<T> type) {
        return chain.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    private static Optional<Span> place(List<Throwable> chain, Piece piece) {
        for (Throwable failure : chain) {
            if (failure instanceof CalciteContextException e && e.getPosLine() > 0) {
                return Optional.of(
                        piece.span(e.getPosLine(), e.getPosColumn(), e.getEndPosLine(), e.getEndPosColumn()));
            }
            if (failure instanceof SqlParseException e
                    && e.getPos() != null
                    && e.getPos().getLineNum() > 0) {
                SqlParserPos pos = e.getPos();
                return Optional.of(
                        piece.span(pos.getLineNum(), pos.getColumnNum(), pos.getEndLineNum(), pos.getEndColumnNum()));
            }
            Matcher lexical = LEXICAL.matcher(message(failure));
            if (lexical.find()) {
                int line = Integer.parseInt(lexical.group(1));
                int column = Integer.parseInt(lexical.group(2));
                return Optional.of(piece.span(line, column, line, column));
            }
        }
        return Optional.empty();
    }

    private static String sentence(List<Throwable> chain) {
        Optional<MetastoreException> metastore = first(chain, MetastoreException.class);
        if (metastore.isPresent()) {
            return message(metastore.get());
        }
        Optional<SqlParseException> syntax = first(chain, SqlParseException.class);
        if (syntax.isPresent()) {
            return syntax(message(syntax.get()));
        }
        Optional<CalciteContextException> context = first(chain, CalciteContextException.class);
        if (context.isPresent() && context.get().getCause() != null) {
            return message(Objects.requireNonNull(context.get().getCause()));
        }
        if (chain.stream().anyMatch(failure -> message(failure).contains(TOO_MUCH_CODE))) {
            return "Flink makes Java code of a statement, and of this one a method of more than the 64 KB that Java allows:"
                    + " take fewer columns or expressions at a time, or take the rows from a table instead of VALUES.";
        }
        return fromTheDeepest(chain);
    }

    private static String syntax(String message) {
        Matcher encountered = ENCOUNTERED.matcher(message);
        if (encountered.find()) {
            String word = encountered.group(1).strip();
            return word.contains("<EOF>") ? "The statement ends too early." : "Syntax error at '" + word + "'.";
        }
        Matcher near = NEAR.matcher(message);
        if (near.find()) {
            return "Syntax error at '" + near.group(1) + "'.";
        }
        Matcher lexical = LEXICAL.matcher(message);
        if (lexical.find()) {
            return "Syntax error: " + lexical.group(3);
        }
        return message.lines().findFirst().orElse(message);
    }

    /** The deepest message, with Flink's own above it where the deepest is some library's. */
    private static String fromTheDeepest(List<Throwable> chain) {
        String sentence = "";
        for (int i = chain.size() - 1; i >= 0; i--) {
            Throwable failure = chain.get(i);
            String message = message(failure);
            if (message.isBlank() || SAYS_NOTHING.stream().anyMatch(message::startsWith)) {
                continue;
            }
            if (sentence.isEmpty()) {
                sentence = message;
            } else if (isFlinks(failure) && !message.contains(sentence)) {
                return table(chain) + message + " " + sentence;
            }
            if (isFlinks(failure)) {
                return table(chain) + message;
            }
        }
        return sentence.isEmpty() ? chain.get(0).getClass().getSimpleName() : table(chain) + sentence;
    }

    private static String table(List<Throwable> chain) {
        for (Throwable failure : chain) {
            for (Pattern names : List.of(UNABLE, COORDINATOR)) {
                Matcher found = names.matcher(message(failure));
                if (found.find()) {
                    return "Table " + found.group(1) + ": ";
                }
            }
        }
        return "";
    }

    private static boolean isFlinks(Throwable failure) {
        return failure instanceof ValidationException
                || failure instanceof TableException
                || failure instanceof CatalogException
                || message(failure).startsWith(NO_METADATA);
    }

    private static String message(Throwable failure) {
        String message = failure.getMessage();
        if (message == null) {
            return "";
        }
        Matcher missing = MISSING.matcher(message);
        if (missing.find()) {
            return "Table '" + missing.group(1).replace("`", "") + "' does not exist.";
        }
        int dump = message.indexOf("Table options are:");
        String text = (dump < 0 ? message : message.substring(0, dump)).strip();
        return text.startsWith(failure.getClass().getName() + ":")
                ? text.substring(failure.getClass().getName().length() + 1).strip()
                : text;
    }
}
