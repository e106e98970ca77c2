package io.millrace.dist.parts;

import io.millrace.dist.stack.Part;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;

/** All processes of a local stack, in the order in which people think of them. */
public final class Parts {
    private Parts() {}

    public static List<Part> of(Site site) {
        List<Part> all = List.of(
                new PostgresPart(site),
                new KafkaPart(site),
                new TaskManagerPart(site),
                new JobManagerPart(site),
                new GatewayPart(site),
                new ServerPart(site));
        return all.stream().filter(part -> isBuilt(part, site)).toList();
    }

    // Until both are part of every build.
    private static boolean isBuilt(Part part, Site site) {
        return switch (part.name()) {
            case ServerPart.NAME -> Files.exists(site.distribution().server());
            case GatewayPart.NAME -> site.distribution().gateway().stream().anyMatch(jar -> isEndpoint(jar));
            default -> true;
        };
    }

    private static boolean isEndpoint(Path jar) {
        if (!jar.getFileName().toString().startsWith("millrace-flink-gateway")) {
            return false;
        }
        try (var file = new JarFile(jar.toFile())) {
            return file.getEntry("META-INF/services/org.apache.flink.table.factories.Factory") != null;
        } catch (IOException e) {
            return false;
        }
    }
}
