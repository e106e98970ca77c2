package io.millrace.server.info;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.http.OpenApiExchanges;
import io.millrace.server.http.ServerStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ServerStack.class)
class InfoHttpIT {
    private final OpenApiExchanges api = new OpenApiExchanges();

    @Test
    void saysWhatRunsHere() {
        var answer = api.get("/info");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"flinkVersion\":\"2.3.0\"");
    }
}
