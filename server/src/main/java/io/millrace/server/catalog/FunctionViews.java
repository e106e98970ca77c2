package io.millrace.server.catalog;

import io.millrace.api.catalog.DroppedFunctionView;
import io.millrace.api.catalog.FunctionVersionView;
import io.millrace.api.catalog.FunctionView;
import io.millrace.api.catalog.TableChangeCause;
import io.millrace.core.catalog.Change;
import io.millrace.core.catalog.FunctionName;
import io.millrace.core.catalog.FunctionPath;
import io.millrace.core.catalog.FunctionVersion;
import io.millrace.core.catalog.RegisteredFunction;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.List;

/** Wire records of functions. */
final class FunctionViews {
    private FunctionViews() {}

    static FunctionView of(RegisteredFunction function) {
        FunctionPath path = function.path();
        return new FunctionView(
                function.id().value(),
                function.version(),
                path.parent().catalog().value(),
                path.parent().database().value(),
                path.function().value(),
                function.className(),
                function.ddl());
    }

    static FunctionVersionView version(FunctionVersion version) {
        RegisteredFunction function = version.function();
        Change change = version.change();
        return new FunctionVersionView(
                function.version(),
                function.path().function().value(),
                function.className(),
                TableChangeCause.valueOf(change.cause().name()),
                change.summary(),
                change.origin().author(),
                change.origin().statement().orElse(null),
                change.at(),
                function.ddl());
    }

    static DroppedFunctionView dropped(FunctionVersion version) {
        RegisteredFunction function = version.function();
        return new DroppedFunctionView(
                function.id().value(),
                function.path().function().value(),
                function.className(),
                version.change().origin().author(),
                version.change().at(),
                version.change().summary());
    }

    /** Reads a name that a caller sent in a body. */
    static FunctionName name(@Nullable String text) {
        try {
            return new FunctionName(text == null ? "" : text);
        } catch (IllegalArgumentException e) {
            String sentence = String.valueOf(e.getMessage());
            throw new MillraceException(ErrorCode.FUNCTION_INVALID, sentence, List.of(Flaw.at("/name", sentence)));
        }
    }

    /** Reads a class that a caller sent in a body; {@link FunctionService} says whether it can be one. */
    static String className(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** Where the API shows a function. */
    static URI address(FunctionPath path) {
        return TableViews.address(path.parent(), "functions", path.function().value());
    }
}
