package io.millrace.server.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.api.jobfile.JobFiles;
import io.millrace.core.git.GitCommit;
import io.millrace.core.git.GitSource;
import io.millrace.core.git.PullProblem;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the job files of one commit from Git's objects: nothing is checked out, no link followed, no submodule fetched. */
final class GitTree {
    private static final String SQL = ".sql";

    private final Repository repository;
    private final GitSource source;
    private final List<JobFiles.Source> files = new ArrayList<>();
    private final List<PullProblem> problems = new ArrayList<>();
    private long bytes;

    GitTree(Repository repository, GitSource source) {
        this.repository = repository;
        this.source = source;
    }

    GitFiles read(ObjectId id) throws IOException {
        try (RevWalk commits = new RevWalk(repository)) {
            RevCommit commit = commits.parseCommit(id);
            try (TreeWalk walk = open(commit)) {
                walk(walk);
            }
            return new GitFiles(GitCommit.of(id.name(), author(commit), commit.getFullMessage()), files, problems);
        }
    }

    private static String author(RevCommit commit) {
        PersonIdent author = commit.getAuthorIdent();
        return author == null ? "somebody" : author.getName() + " <" + author.getEmailAddress() + ">";
    }

    private TreeWalk open(RevCommit commit) throws IOException {
        ObjectId tree = commit.getTree();
        if (!source.folder().isEmpty()) {
            try (TreeWalk found = TreeWalk.forPath(repository, source.folder(), tree)) {
                if (found == null) {
                    throw GitFailures.noFolder(source, "is not there in commit " + commit.name() + ".");
                }
                if (found.getFileMode(0) != FileMode.TREE) {
                    throw GitFailures.noFolder(source, "is no folder: links and submodules are not followed.");
                }
                tree = found.getObjectId(0);
            }
        }
        TreeWalk walk = new TreeWalk(repository);
        walk.addTree(tree);
        walk.setRecursive(false);
        return walk;
    }

    private void walk(TreeWalk walk) throws IOException {
        int entries = 0;
        while (walk.next()) {
            if (++entries > GitLimits.ENTRIES) {
                throw GitFailures.tooMuch("The folder has more than " + GitLimits.ENTRIES + " files.");
            }
            if (walk.getPathLength() > GitLimits.PATH_BYTES) {
                throw GitFailures.tooMuch("The folder has paths of more than " + GitLimits.PATH_BYTES + " bytes.");
            }
            if (walk.isSubtree()) {
                walk.enterSubtree();
            } else if (walk.getPathString().endsWith(SQL)) {
                file(walk);
            }
        }
    }

    private void file(TreeWalk walk) throws IOException {
        String path = (source.folder().isEmpty() ? "" : source.folder() + "/") + walk.getPathString();
        FileMode mode = walk.getFileMode(0);
        if (mode != FileMode.REGULAR_FILE && mode != FileMode.EXECUTABLE_FILE) {
            problem(path, "is a link or a submodule, which is not followed", "put the file itself there");
            return;
        }
        ObjectLoader content = repository.open(walk.getObjectId(0));
        if (content.getSize() > GitLimits.FILE_BYTES) {
            problem(path, "is larger than " + GitLimits.FILE_BYTES + " bytes", null);
            return;
        }
        bytes += content.getSize();
        if (files.size() >= GitLimits.FILES || bytes > GitLimits.ALL_BYTES) {
            throw GitFailures.tooMuch("The folder has more than " + GitLimits.FILES
                    + " job files, or they are larger than " + GitLimits.ALL_BYTES + " bytes together.");
        }
        try {
            String text = UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(content.getBytes()))
                    .toString();
            if (text.indexOf('\0') >= 0) {
                problem(path, "holds a NUL character, which no text does", null);
            } else {
                files.add(JobFiles.Source.inFolder(path, text));
            }
        } catch (CharacterCodingException e) {
            problem(path, "is not a text in UTF-8", null);
        }
    }

    private void problem(String path, String message, @Nullable String hint) {
        problems.add(new PullProblem(path, 0, 0, message, Optional.ofNullable(hint)));
    }
}
