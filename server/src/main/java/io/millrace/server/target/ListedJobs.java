package io.millrace.server.target;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.core.target.FlinkJob;
import io.millrace.core.target.FlinkJobId;
import io.millrace.core.target.FlinkStatus;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Reads the answer of {@code /jobs/overview} word by word: it is read at each look, and most of it is of no interest. */
final class ListedJobs {
    private record Tasks(int total, int running, int finished) {}

    private ListedJobs() {}

    /** Fails for whatever is not Flink's. */
    static Map<FlinkJobId, FlinkJob> read(JsonParser json) throws IOException {
        json.nextToken();
        Map<FlinkJobId, FlinkJob> jobs = null;
        require(json, JsonToken.START_OBJECT);
        for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
            json.nextToken();
            if (field.equals("jobs")) {
                jobs = jobs(json);
            } else {
                json.skipChildren();
            }
        }
        return requireNonNull(jobs, "jobs");
    }

    private static Map<FlinkJobId, FlinkJob> jobs(JsonParser json) throws IOException {
        require(json, JsonToken.START_ARRAY);
        Map<FlinkJobId, FlinkJob> jobs = new HashMap<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            FlinkJob job = job(json);
            jobs.put(job.id(), job);
        }
        return jobs;
    }

    private static FlinkJob job(JsonParser json) throws IOException {
        String id = null;
        String name = null;
        String state = null;
        Tasks tasks = null;
        require(json, JsonToken.START_OBJECT);
        for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
            json.nextToken();
            switch (field) {
                case "jid" -> id = json.getValueAsString();
                case "name" -> name = json.getValueAsString();
                case "state" -> state = json.getValueAsString();
                case "tasks" -> tasks = tasks(json);
                default -> json.skipChildren();
            }
        }
        return job(id, name, state, requireNonNull(tasks, "tasks"));
    }

    private static FlinkJob job(@Nullable String id, @Nullable String name, @Nullable String state, Tasks tasks) {
        return new FlinkJob(
                new FlinkJobId(requireNonNull(id, "jid")),
                requireNonNull(name, "name"),
                FlinkStatus.valueOf(requireNonNull(state, "state")),
                tasks.total(),
                tasks.running(),
                tasks.finished());
    }

    private static Tasks tasks(JsonParser json) throws IOException {
        int total = 0;
        int running = 0;
        int finished = 0;
        require(json, JsonToken.START_OBJECT);
        for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
            json.nextToken();
            switch (field) {
                case "total" -> total = json.getIntValue();
                case "running" -> running = json.getIntValue();
                case "finished" -> finished = json.getIntValue();
                default -> json.skipChildren();
            }
        }
        return new Tasks(total, running, finished);
    }

    private static void require(JsonParser json, JsonToken token) throws IOException {
        if (!json.hasToken(token)) {
            throw new JsonParseException(json, "not " + token);
        }
    }
}
