package io.millrace.server.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import io.millrace.api.Json;
import io.millrace.core.target.FlinkJob;
import io.millrace.core.target.FlinkJobId;
import io.millrace.core.target.FlinkStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.Map;

class ListedJobsTest {
    private static final FlinkJobId ID = new FlinkJobId("6d697252000000000000000000000001");

    /** As Flink 2.3.0 says it. */
    private static final String JOB = """
            {"jid":"6d697252000000000000000000000001","name":"default.orders","start-time":1764000000000,"end-time":-1,\
            "duration":1000000,"state":"RUNNING","last-modification":1764000000500,"tasks":{"running":3,"canceling":0,\
            "canceled":0,"total":4,"created":0,"scheduled":0,"deploying":0,"reconciling":0,"finished":1,\
            "initializing":0,"failed":0},"pending-operators":0,"jobType":"STREAMING","schedulerType":"Default"}""";

    private static Map<FlinkJobId, FlinkJob> read(String answer) throws IOException {
        try (JsonParser json = Json.lenient().createParser(answer)) {
            return ListedJobs.read(json);
        }
    }

    @Test
    void readsWhatFlinkSays() throws IOException {
        FlinkJobId other = new FlinkJobId("6d697252000000000000000000000002");
        String finished = JOB.replace(ID.value(), other.value()).replace("RUNNING", "FINISHED");

        assertThat(read("{\"jobs\":[" + JOB + "," + finished + "]}"))
                .isEqualTo(Map.of(
                        ID, new FlinkJob(ID, "default.orders", FlinkStatus.RUNNING, 4, 3, 1),
                        other, new FlinkJob(other, "default.orders", FlinkStatus.FINISHED, 4, 3, 1)));
        assertThat(read("{\"jobs\":[]}")).isEmpty();
    }

    @Test
    void skipsWhatALaterFlinkMaySayBesides() throws IOException {
        String more = JOB.replace("\"name\"", "\"labels\":{\"name\":[{\"tasks\":{}}]},\"name\"")
                .replace("\"total\"", "\"by\":{\"total\":7},\"total\"");

        assertThat(read("{\"of\":{\"jobs\":[]},\"jobs\":[" + more + "],\"next\":[[1]]}"))
                .isEqualTo(read("{\"jobs\":[" + JOB + "]}"))
                .hasSize(1);
    }

    @Test
    void takesNoListForTheTasksOfAJob() {
        String lists = JOB.replace("\"tasks\":", "\"tasks\":[],\"counts\":");

        assertThatThrownBy(() -> read("{\"jobs\":[" + lists + "]}")).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "7",
                "[]",
                "{}",
                "{\"jobs\":null}",
                "{\"jobs\":{}}",
                "{\"jobs\":[7]}",
                "{\"jobs\":[{}]}",
                "{\"errors\":[\"unavailable\"]}",
                "<html>",
                "{\"jobs\":[",
                "{\"jobs\":[]"
            })
    void takesNothingElseForAnAnswer(String answer) {
        assertThatThrownBy(() -> read(answer)).isInstanceOfAny(IOException.class, NullPointerException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"jid\"", "\"name\"", "\"state\"", "\"tasks\"", "0000001\"", "RUNNING", "{\"running\":3", "4,"})
    void takesNoJobForOneThatLacksSomething(String word) {
        String lacking = JOB.replace(word, word.endsWith("\"") ? "\"x\"" : "x");

        assertThatThrownBy(() -> read("{\"jobs\":[" + lacking + "]}"))
                .isInstanceOfAny(IOException.class, NullPointerException.class, IllegalArgumentException.class);
    }
}
