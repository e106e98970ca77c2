package io.millrace.server.connection.probe;

import io.millrace.server.connection.probe.Sentences.ProbeException;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Looks at a folder, or for the service that has it. */
final class FolderProbe implements StoreProbe {
    @Override
    public void run(Probed probed, Stages stages) throws Stages.FailedException {
        URI root = URI.create(probed.fields().text("root"));
        if (!"file".equals(root.getScheme())) {
            new PortProbe().run(probed, stages);
            return;
        }
        Path folder = Path.of(root);
        stages.skip(Stages.RESOLVE, "The folder is on this machine.");
        stages.run(Stages.CONNECT, () -> {
            if (Files.isDirectory(folder)) {
                return "The folder exists.";
            }
            if (Files.exists(folder)) {
                throw new ProbeException("'" + folder + "' is no folder.");
            }
            return "The folder does not exist yet; the first table makes it.";
        });
        stages.run(Stages.AUTHENTICATE, () -> {
            Path nearest = folder;
            while (nearest != null && !Files.exists(nearest)) {
                nearest = nearest.getParent();
            }
            if (nearest == null || !Files.isReadable(nearest) || !Files.isWritable(nearest)) {
                throw new ProbeException("The server's user may not read and write '" + nearest + "'.");
            }
            return "The server's user may read and write '" + nearest + "'.";
        });
        stages.run(Stages.LIST, () -> {
            if (!Files.isDirectory(folder)) {
                return "There is nothing in it.";
            }
            try (Stream<Path> entries = Files.list(folder)) {
                return "The folder has " + entries.limit(1000).count() + " entries.";
            }
        });
    }
}
