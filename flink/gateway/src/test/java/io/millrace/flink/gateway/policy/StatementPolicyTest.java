package io.millrace.flink.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.sql.StatementClass;
import io.millrace.flink.gateway.grant.AccessOperation;
import org.apache.flink.table.operations.Operation;
import org.apache.flink.table.planner.operations.PlannerQueryOperation;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** The policy knows every operation of the pinned Flink version. */
class StatementPolicyTest {
    @Test
    void decidesAboutEveryOperationOfThisFlink() throws Exception {
        Set<String> operations = operations(Operation.class);
        operations.addAll(operations(PlannerQueryOperation.class));

        assertThat(operations).hasSizeGreaterThan(100);
        operations.addAll(ours());
        assertThat(StatementPolicy.rulesByOperation().keySet())
                .as("an operation without a decision is refused as unknown: add a line to StatementPolicy")
                .containsAll(operations);
    }

    @Test
    void knowsNoOperationThatDoesNotExist() throws Exception {
        Set<String> operations = operations(Operation.class);
        operations.addAll(operations(PlannerQueryOperation.class));
        // Operations of the bridge to the DataStream API, whose jars are not on this class path.
        operations.addAll(
                Set.of("DataStreamQueryOperation", "ExternalQueryOperation", "PlannerExternalQueryOperation"));
        operations.addAll(ours());

        assertThat(operations).containsAll(StatementPolicy.rulesByOperation().keySet());
    }

    @Test
    void givesAReasonForEveryRefusal() {
        assertThat(StatementPolicy.rulesByOperation().values())
                .allSatisfy(
                        rule -> assertThat(rule.refusal() != null).isEqualTo(rule.type() == StatementClass.REFUSED));
    }

    @Test
    void takesSettingsThatAJobMayHaveAndNoOthers() {
        assertThat(SettingPolicy.refusal("table.local-time-zone")).isEmpty();
        assertThat(SettingPolicy.refusal("parallelism.default")).isEmpty();
        assertThat(SettingPolicy.refusal("execution.runtime-mode")).isEmpty();
        assertThat(SettingPolicy.refusal("sql-client.execution.result-mode")).isEmpty();
        for (String key : Set.of(
                "$internal.pipeline.job-id",
                "execution.target",
                "rest.address",
                "pipeline.jars",
                "pipeline.classpaths",
                "python.executable",
                "env.java.opts.all",
                "table.resources.download-dir",
                "millrace.metastore.url")) {
            assertThat(SettingPolicy.refusal(key)).as(key).isPresent();
        }
    }

    private static List<String> ours() {
        return Stream.of(AccessOperation.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .toList();
    }

    private static Set<String> operations(Class<?> ofTheJar) throws IOException, URISyntaxException {
        Path jar = Path.of(
                ofTheJar.getProtectionDomain().getCodeSource().getLocation().toURI());
        Set<String> names = new TreeSet<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            file.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.startsWith("org/apache/flink/") && name.endsWith("Operation.class"))
                    .map(name -> name.substring(0, name.length() - 6).replace('/', '.'))
                    .filter(StatementPolicyTest::isConcreteOperation)
                    .map(name -> name.substring(name.lastIndexOf('.') + 1))
                    .forEach(names::add);
        }
        return names;
    }

    private static boolean isConcreteOperation(String name) {
        try {
            Class<?> type = Class.forName(name, false, StatementPolicyTest.class.getClassLoader());
            return Operation.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers());
        } catch (ClassNotFoundException | NoClassDefFoundError e) {
            return false;
        }
    }
}
