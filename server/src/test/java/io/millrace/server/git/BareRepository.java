package io.millrace.server.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;

/** A repository as a Git host keeps it, to which commits are pushed. */
final class BareRepository implements AutoCloseable {
    private static final PersonIdent DORA =
            new PersonIdent("Dora Müller", "dora@example.com", Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

    private final Path folder;
    private final Repository repository;

    private BareRepository(Path folder, Repository repository) {
        this.folder = folder;
        this.repository = repository;
    }

    static BareRepository create(Path folder) throws IOException {
        Repository repository =
                new FileRepositoryBuilder().setGitDir(folder.toFile()).setBare().build();
        repository.create(true);
        return new BareRepository(folder, repository);
    }

    Path folder() {
        return folder;
    }

    String url() {
        return folder.toUri().toString().replaceFirst("/$", "");
    }

    Repository repository() {
        return repository;
    }

    /** All files of the branch's next commit, by path; answers its id. */
    String push(String branch, String message, Map<String, String> files) throws IOException {
        return push(branch, message, files, Map.of());
    }

    /** {@code links} are symbolic ones. */
    String push(String branch, String message, Map<String, String> files, Map<String, String> links)
            throws IOException {
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            DirCache tree = DirCache.newInCore();
            DirCacheBuilder builder = tree.builder();
            for (Map.Entry<String, String> each : new TreeMap<>(files).entrySet()) {
                builder.add(entry(inserter, each, FileMode.REGULAR_FILE));
            }
            for (Map.Entry<String, String> each : links.entrySet()) {
                builder.add(entry(inserter, each, FileMode.SYMLINK));
            }
            builder.finish();
            return commit(inserter, branch, message, tree.writeTree(inserter));
        }
    }

    /** Folders in folders without a file: {@code depth} objects that stand for two to the power of it. */
    String pushNested(String branch, int depth) throws IOException {
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            ObjectId tree = inserter.insert(new TreeFormatter());
            for (int i = 0; i < depth; i++) {
                TreeFormatter next = new TreeFormatter();
                next.append("a", FileMode.TREE, tree);
                next.append("b", FileMode.TREE, tree);
                tree = inserter.insert(next);
            }
            return commit(inserter, branch, "Nest", tree);
        }
    }

    private String commit(ObjectInserter inserter, String branch, String message, ObjectId tree) throws IOException {
        CommitBuilder commit = new CommitBuilder();
        commit.setTreeId(tree);
        commit.setAuthor(DORA);
        commit.setCommitter(DORA);
        commit.setMessage(message);
        ObjectId before = repository.resolve(Constants.R_HEADS + branch);
        if (before != null) {
            commit.setParentId(before);
        }
        ObjectId id = inserter.insert(commit);
        inserter.flush();
        RefUpdate update = repository.updateRef(Constants.R_HEADS + branch);
        update.setNewObjectId(id);
        update.forceUpdate();
        return id.name();
    }

    private static DirCacheEntry entry(ObjectInserter inserter, Map.Entry<String, String> file, FileMode mode)
            throws IOException {
        DirCacheEntry entry = new DirCacheEntry(file.getKey());
        entry.setFileMode(mode);
        entry.setObjectId(inserter.insert(Constants.OBJ_BLOB, file.getValue().getBytes(UTF_8)));
        return entry;
    }

    @Override
    public void close() {
        repository.close();
    }
}
