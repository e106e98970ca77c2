package io.millrace.core.sql;

import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.core.state.StatePlan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A gateway that knows the analyses it was told; any other script does not parse. */
public final class InMemorySqlGateway implements SqlGateway {
    private final Map<String, ScriptAnalysis> analyses = new ConcurrentHashMap<>();
    private final Map<String, StatePlan> states = new ConcurrentHashMap<>();
    private volatile boolean down;

    public void plans(String script, ScriptAnalysis analysis) {
        analyses.put(script, analysis);
    }

    public void keeps(String script, StatePlan state) {
        states.put(script, state);
    }

    public void goDown() {
        down = true;
    }

    public void comeUp() {
        down = false;
    }

    @Override
    public ScriptAnalysis analyse(String script) {
        mustBeUp();
        var unknown = new ScriptAnalysis(List.of(), List.of(Flaw.at("/script", "The script cannot be parsed.")));
        return analyses.getOrDefault(script, unknown);
    }

    @Override
    public StatePlan state(String script, Map<String, String> settings) {
        mustBeUp();
        return Optional.ofNullable(states.get(script))
                .orElseThrow(() -> new MillraceException(ErrorCode.SQL_INVALID, "The script cannot be parsed."));
    }

    private void mustBeUp() {
        if (down) {
            throw new MillraceException(ErrorCode.GATEWAY_UNAVAILABLE, "The SQL gateway does not answer.");
        }
    }
}
