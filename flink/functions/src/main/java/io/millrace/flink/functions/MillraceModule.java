package io.millrace.flink.functions;

import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.module.Module;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The functions by their SQL names. A session that has loaded it calls them without a CREATE FUNCTION. */
public final class MillraceModule implements Module {
    private static final Map<String, Supplier<FunctionDefinition>> FUNCTIONS = Map.of(
            "parse_access_log", ParseAccessLog::new,
            "parse_user_agent", ParseUserAgent::new,
            "query_parameter", QueryParameter::new,
            "url_host", UrlHost::new);

    @Override
    public Set<String> listFunctions() {
        return FUNCTIONS.keySet();
    }

    @Override
    public Optional<FunctionDefinition> getFunctionDefinition(String name) {
        return Optional.ofNullable(FUNCTIONS.get(name.toLowerCase(Locale.ROOT))).map(Supplier::get);
    }
}
