package io.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.parser.OpenAPIV3Parser;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import org.junit.jupiter.api.Test;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The description and the resources name the same calls. */
class ApiContractTest {
    @Test
    void everyDescribedCallIsServedAndEveryServedCallIsDescribed() {
        assertThat(served()).containsExactlyElementsOf(described());
    }

    private static Set<String> described() {
        var api = new OpenAPIV3Parser().read(System.getProperty("millrace.root") + "/api/openapi.yaml");
        Set<String> calls = new TreeSet<>();
        api.getPaths()
                .forEach((path, item) -> item.readOperationsMap()
                        .forEach((PathItem.HttpMethod method, Object operation) ->
                                calls.add(method + " /api/v1" + path.replaceAll("\\{\\w+}", "{}"))));
        return calls;
    }

    private static Set<String> served() {
        Set<String> calls = new TreeSet<>();
        for (JavaClass resource : new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.millrace.server")) {
            if (!resource.isAnnotatedWith(Path.class)) {
                continue;
            }
            String base = resource.getAnnotationOfType(Path.class).value();
            for (JavaMethod method : resource.getMethods()) {
                verb(method).ifPresent(verb -> {
                    String below = method.isAnnotatedWith(Path.class)
                            ? "/" + method.getAnnotationOfType(Path.class).value()
                            : "";
                    calls.add(verb + " "
                            + (base + below)
                                    .replaceAll("/+", "/")
                                    .replaceAll("/$", "")
                                    .replaceAll("\\{[^}]+}", "{}"));
                });
            }
        }
        calls.removeIf(call -> !call.contains(" /api/v1/"));
        return calls;
    }

    private static Optional<String> verb(JavaMethod method) {
        return method.getAnnotations().stream()
                .filter(annotation -> annotation.getRawType().isAnnotatedWith(HttpMethod.class))
                .map(annotation -> annotation
                        .getRawType()
                        .getAnnotationOfType(HttpMethod.class)
                        .value())
                .findFirst();
    }
}
