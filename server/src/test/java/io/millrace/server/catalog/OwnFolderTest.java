package io.millrace.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.millrace.server.catalog.OwnFolder.Content;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Only what is a table's own is ever deleted. */
class OwnFolderTest {
    @TempDir
    private Path folder;

    private Path root;
    private Path orders;
    private OwnFolder own;

    @BeforeEach
    void twoTablesAndFilesOfOthers() throws IOException {
        root = folder.resolve("warehouse");
        orders = root.resolve("shop/orders-12345678");
        write(orders.resolve("day=1/part-0"), "12345");
        write(orders.resolve("day=2/part-0"), "123");
        write(root.resolve("shop/orders-123456789/part-0"), "another table");
        write(folder.resolve("elsewhere/precious"), "not ours");
        own = folder(root.toString());
    }

    private static OwnFolder folder(String root) {
        return new OwnFolder("file://" + root, "shop/orders-12345678");
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void listsAndDeletesItsFiles() {
        assertThat(own.list())
                .containsExactly(
                        new Content("shop/orders-12345678/day=1/part-0", 5),
                        new Content("shop/orders-12345678/day=2/part-0", 3));

        own.delete();
        own.delete();

        assertThat(orders).doesNotExist();
        assertThat(own.list()).isEmpty();
        assertThat(root.resolve("shop/orders-123456789/part-0")).exists();
    }

    @Test
    void deletesALinkAndNotWhatItLeadsTo() throws IOException {
        Files.createSymbolicLink(orders.resolve("day=3"), folder.resolve("elsewhere"));

        assertThat(own.list())
                .extracting(Content::path)
                .contains("shop/orders-12345678/day=3")
                .hasSize(3);
        own.delete();

        assertThat(orders).doesNotExist();
        assertThat(folder.resolve("elsewhere/precious")).exists();
    }

    @Test
    void goesNowhereByALink() throws IOException {
        own.delete();
        Files.createSymbolicLink(orders, folder.resolve("elsewhere"));

        assertThatThrownBy(own::list).isInstanceOfSatisfying(MillraceException.class, OwnFolderTest::isRefused);
        assertThatThrownBy(own::delete).isInstanceOfSatisfying(MillraceException.class, OwnFolderTest::isRefused);
        assertThat(folder.resolve("elsewhere/precious")).exists();
    }

    @Test
    void readsTheRootAsFlinkDoes() throws IOException {
        Path there = folder.resolve("a%20b/shop/orders-12345678/part-0");
        write(there, "1");

        folder(folder + "/a%20b").delete();

        assertThat(there).doesNotExist();
    }

    @Test
    void takesARootThatIsALinkItself() throws IOException {
        Files.createSymbolicLink(folder.resolve("link"), root);

        folder(folder.resolve("link").toString()).delete();

        assertThat(orders).doesNotExist();
    }

    @Test
    void isNeverAnythingButAFolderOfATable() {
        for (String location : new String[] {"", "shop", "../shop", "shop/..", "shop/", "/orders", "a/b/c"}) {
            assertThatThrownBy(() -> new OwnFolder("file:///warehouse", location))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static void isRefused(MillraceException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.TABLE_INVALID);
        assertThat(e).hasMessageContaining("symbolic link");
    }
}
