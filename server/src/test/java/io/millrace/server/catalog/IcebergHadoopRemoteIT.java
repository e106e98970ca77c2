package io.millrace.server.catalog;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.Column;
import io.millrace.core.catalog.TableName;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A catalog that is a folder. */
class IcebergHadoopRemoteIT extends IcebergRemoteContract {
    @TempDir
    Path folder;

    private HadoopCatalog other;
    private IcebergRemote remote;

    @BeforeEach
    void open() {
        String root = folder.resolve("lake").toUri().toString();
        other = new HadoopCatalog(new Configuration(false), root);
        other.createNamespace(Namespace.of("shop"));
        remote = new IcebergRemote(
                new CatalogName("lake"),
                new IcebergStore(
                        new CatalogName("lake"), IcebergStore.Address.hadoop(root), Optional::empty, () -> {}));
    }

    @AfterEach
    void close() throws IOException {
        remote.close();
        other.close();
    }

    @Override
    IcebergRemote remote() {
        return remote;
    }

    @Override
    Catalog other() {
        return other;
    }

    @Test
    void saysThatAFolderCannotBeRenamed() {
        RemoteStore.RemoteTable orders = remote.create(ORDERS, spec(Column.physical("id", "BIGINT")));

        assertThatThrownBy(() -> remote.alter(orders, new TableName("other"), orders.spec()))
                .hasMessageContaining("cannot be renamed");
    }
}
