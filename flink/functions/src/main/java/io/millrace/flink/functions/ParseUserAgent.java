package io.millrace.flink.functions;

import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.FunctionHint;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.TableFunction;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/**
 * {@code LATERAL TABLE(PARSE_USER_AGENT(user_agent))}: browser, version, operating system, device and whether it is a bot.
 *
 * <p>Gives exactly one row for each string. What the string doesn't say is NULL; {@code bot} is never NULL.
 */
@FunctionHint(
        output =
                @DataTypeHint(
                        "ROW<browser STRING, browser_version STRING, os STRING, device STRING, bot BOOLEAN NOT NULL>"))
public final class ParseUserAgent extends TableFunction<Row> {
    private static final long serialVersionUID = 1;

    private static final int REMEMBERED = 5_000;

    private transient @Nullable UserAgentReader reader;

    @Override
    public void open(FunctionContext context) {
        reader = new UserAgentReader(REMEMBERED);
    }

    /** The value of the header {@code User-Agent}. */
    public void eval(@Nullable String userAgent) {
        if (reader == null) {
            reader = new UserAgentReader(REMEMBERED);
        }
        UserAgent agent = reader.read(userAgent);
        collect(Row.of(agent.browser(), agent.version(), agent.system(), agent.device(), agent.bot()));
    }
}
