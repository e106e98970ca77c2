package io.millrace.server.info;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.error.ErrorCode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemPageResourceTest {
    @ParameterizedTest
    @EnumSource
    void everyErrorCodeHasAPageThatSaysWhatToDo(ErrorCode code) {
        String page = new ProblemPageResource().get(code.slug());

        assertThat(page)
                .startsWith("# " + code.title() + "\n")
                .contains("`" + code + "`", "## What it means", "## What to do");
    }
}
