package io.millrace.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import io.millrace.api.job.JobEventView;
import io.millrace.api.job.JobSpec;
import io.millrace.api.job.ObservedState;
import io.millrace.api.sql.CompletionRequest;
import io.millrace.api.sql.ResultRow;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

class JsonTest {
    @Test
    void leavesOutNullFieldsButKeepsNullValuesOfRows() {
        assertThat(Json.write(new JobSpec("SELECT 1", null, null, 2, null, null, null)))
                .isEqualTo("{\"script\":\"SELECT 1\",\"parallelism\":2}");
        assertThat(Json.write(new ResultRow("+I", Arrays.asList(1, null, "x"))))
                .isEqualTo("{\"op\":\"+I\",\"values\":[1,null,\"x\"]}");
        assertThat(Json.write(new ResultRow("+I", List.of(Collections.singletonMap("nested", null)))))
                .isEqualTo("{\"op\":\"+I\",\"values\":[{\"nested\":null}]}");
    }

    @Test
    void writesTimesInIso8601AndReadsThemBack() throws JsonProcessingException {
        JobEventView event = new JobEventView(
                7,
                Instant.parse("2026-01-02T03:04:05.678Z"),
                "APPLIED",
                null,
                ObservedState.IDLE,
                null,
                "made",
                "alice");

        String json = Json.write(event);

        assertThat(json).contains("\"at\":\"2026-01-02T03:04:05.678Z\"");
        assertThat(Json.strict().readValue(json, JobEventView.class)).isEqualTo(event);
    }

    @Test
    void aRequestWithAnUnknownFieldIsRefusedAndAnAnswerWithOneIsRead() throws JsonProcessingException {
        String json = "{\"script\":\"SELECT 1\",\"paralelism\":2}";

        assertThatThrownBy(() -> Json.strict().readValue(json, JobSpec.class))
                .isInstanceOf(JsonMappingException.class)
                .hasMessageContaining("paralelism");
        assertThat(Json.lenient().readValue(json, JobSpec.class).script()).isEqualTo("SELECT 1");
    }

    @Test
    void aRequestMayNotRepeatAFieldOrHaveTextBehindItsEnd() {
        for (String json : List.of(
                "{\"sql\":\"a\",\"sql\":\"b\",\"position\":1}",
                "{\"sql\":\"a\",\"position\":1} x",
                "{\"sql\":\"a\",\"position\":\"1\"}",
                "{\"sql\":\"a\",\"position\":1.5}",
                "{\"sql\":\"a\",\"position\":null}")) {
            assertThatThrownBy(() -> Json.strict().readValue(json, CompletionRequest.class))
                    .as(json)
                    .isInstanceOf(JsonProcessingException.class);
        }
    }
}
