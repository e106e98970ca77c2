package io.millrace.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class FileRootsTest {
    private static FileRoots of(Path... roots) {
        return new FileRoots(List.of(roots).stream().map(Path::toUri).toList());
    }

    @Test
    void allowsWhatIsBelowAFolderAndNothingBesideIt() {
        FileRoots roots = of(Path.of("/srv/data"), Path.of("/srv/more/"));

        assertThat(roots.refusal("path", Path.of("/srv/data/x.csv"))).isEmpty();
        assertThat(roots.refusal("path", Path.of("/srv/more"))).isEmpty();
        assertThat(roots.refusal("path", Path.of("/srv/database"))).isPresent();
        assertThat(roots.refusal("path", Path.of("/srv"))).isPresent();
    }

    @Test
    void namesOptionFoldersAndRemedy() {
        assertThat(of(Path.of("/srv/data"))
                        .refusal("path", Path.of("/etc/passwd"))
                        .orElseThrow())
                .contains("'path'", "/etc/passwd", "/srv/data", "millrace.catalog.inline.allowed-roots");
        assertThat(of().refusal("path", Path.of("/etc/passwd")).orElseThrow()).contains("allows no folder");
    }

    @Test
    void followsALinkToAFolder(@TempDir Path folder) throws IOException {
        Path real = Files.createDirectory(folder.toRealPath().resolve("real"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);

        assertThat(of(link).refusal("path", real.resolve("x"))).isEmpty();
    }

    @Test
    void takesFoldersOfTheHostOnly() {
        assertThatThrownBy(() -> new FileRoots(List.of(URI.create("hdfs://namenode/data"))))
                .hasMessageContaining("millrace.catalog.inline.allowed-roots", "hdfs://namenode/data");
    }
}
