package io.millrace.flink.gateway;

import io.millrace.flink.catalog.InMemoryMetastore;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

import java.nio.file.Files;
import java.nio.file.Path;

/** Metastore, cluster and gateway, started once for all integration tests that ask for a {@link Stack}. */
final class Stack implements AutoCloseable {
    private final InMemoryMetastore metastore;
    private final FlinkProcesses flink;
    private final TestGateway gateway;
    private final Path folder;

    private Stack() {
        try {
            folder = Files.createTempDirectory("millrace-gateway");
            metastore = InMemoryMetastore.start(folder);
            flink = FlinkProcesses.start(folder);
            gateway = TestGateway.start(folder, metastore.flinkConfig(), flink.restPort());
        } catch (Exception e) {
            throw new IllegalStateException("the stack does not start", e);
        }
    }

    InMemoryMetastore metastore() {
        return metastore;
    }

    FlinkProcesses flink() {
        return flink;
    }

    TestGateway gateway() {
        return gateway;
    }

    Path folder() {
        return folder;
    }

    @Override
    public void close() {
        gateway.close();
        flink.close();
        metastore.close();
    }

    /** Gives tests the stack as a constructor parameter. */
    static final class Given implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Stack.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.GLOBAL)
                    .getOrComputeIfAbsent(Stack.class, key -> new Stack(), Stack.class);
        }
    }
}
