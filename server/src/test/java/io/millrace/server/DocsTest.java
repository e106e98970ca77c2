package io.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.core.error.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the documents promise is there. */
class DocsTest {
    private static final Path ROOT = Path.of(System.getProperty("millrace.root"));
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:|#)([^)#\\s]+)(?:#[^)]*)?\\)");

    @Test
    void everyLinkLeadsToAFile() throws IOException {
        assertThat(pages().stream().flatMap(DocsTest::deadLinks)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void theConsoleHasATextForEveryErrorCode(String language) throws IOException {
        var texts = new ObjectMapper()
                .readTree(
                        ROOT.resolve("ui/src/i18n/" + language + "/errors.json").toFile());

        assertThat(Arrays.stream(ErrorCode.values()).map(Enum::name).filter(code -> !texts.has(code)))
                .isEmpty();
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"));
                Stream<Path> examples = Files.walk(ROOT.resolve("examples"))) {
            return Stream.concat(
                            Stream.of(ROOT.resolve("README.md"), ROOT.resolve("CHANGELOG.md")),
                            Stream.concat(docs, examples)
                                    .filter(file -> file.toString().endsWith(".md")))
                    .toList();
        }
    }

    private static Stream<String> deadLinks(Path page) {
        return LINK.matcher(read(page))
                .results()
                .map(link -> link.group(1))
                .filter(target -> !Files.exists(page.resolveSibling(target)))
                .map(target -> ROOT.relativize(page) + " -> " + target);
    }

    private static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
