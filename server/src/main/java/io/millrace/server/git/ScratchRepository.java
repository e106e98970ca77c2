package io.millrace.server.git;

import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.transport.PackParser;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A bare repository for one fetch. Nothing is ever checked out of it, so no name, link or hook of a commit has an effect. */
final class ScratchRepository extends FileRepository {
    private final Path folder;
    private final FetchWatch watch;

    private ScratchRepository(Path folder, FetchWatch watch) throws IOException {
        super(folder.toFile());
        this.folder = folder;
        this.watch = watch;
    }

    /** An empty one; what is left of one that its server did not delete goes. */
    static ScratchRepository create(Path folder, FetchWatch watch) throws IOException {
        delete(folder);
        Files.createDirectories(folder);
        var repository = new ScratchRepository(folder, watch);
        repository.create(true);
        StoredConfig config = repository.getConfig();
        config.setBoolean("http", null, "sslVerify", true);
        config.setString("http", null, "followRedirects", "false");
        config.setBoolean("http", null, "saveCookies", false);
        // What branches there are is then said in one answer of its own, whose size has a bound.
        config.setString("protocol", null, "version", "0");
        config.save();
        return repository;
    }

    /** An empty folder. */
    Path nothing() throws IOException {
        return Files.createDirectories(folder.resolve("nothing"));
    }

    @Override
    public ObjectInserter newObjectInserter() {
        ObjectInserter inner = super.newObjectInserter();
        return new ObjectInserter.Filter() {
            @Override
            protected ObjectInserter delegate() {
                return inner;
            }

            @Override
            public PackParser newPackParser(InputStream in) throws IOException {
                PackParser parser = inner.newPackParser(watch.pack(in));
                parser.setMaxObjectSizeLimit(GitLimits.OBJECT_BYTES);
                return parser;
            }
        };
    }

    /** Nothing: it would go on in the background while the folder is deleted, which then fails. */
    @Override
    public void autoGC(ProgressMonitor monitor) {}

    @Override
    public void close() {
        super.close();
        delete(folder);
    }

    static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                File each = file.toFile();
                if (!each.delete()) {
                    each.deleteOnExit();
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
