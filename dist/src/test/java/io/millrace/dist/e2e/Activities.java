package io.millrace.dist.e2e;

import io.millrace.api.Json;
import io.millrace.api.access.ActivityView;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What the activity log says. */
final class Activities {
    private Activities() {}

    /** What was done, to which object, with what outcome and from where. */
    static List<String> of(Millrace millrace, String... filter) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("access", "activity", "-o", "jsonl"));
        command.addAll(List.of(filter));
        List<String> found = new ArrayList<>();
        for (String line :
                millrace.run(command.toArray(String[]::new)).out().lines().toList()) {
            ActivityView done = Json.lenient().readValue(line, ActivityView.class);
            found.add(String.join(" ", done.action(), done.object(), done.outcome(), done.from()));
        }
        return found;
    }
}
