package io.millrace.api.client;

import io.millrace.api.Page;
import io.millrace.api.git.GitBindingView;
import io.millrace.api.git.GitBindingWrite;
import io.millrace.api.git.GitPullView;
import io.millrace.api.git.NewGitPull;
import org.jspecify.annotations.Nullable;

/** Where the jobs of a workspace come from, and pulls. */
public final class GitClient {
    private static final String GIT = "/workspaces/{}/git";
    private static final String PULLS = GIT + "/pulls";

    /** People who name a workspace mean its binding as it is now. */
    private static final String WHATEVER_IS_THERE = "*";

    private final Rest rest;

    GitClient(Rest rest) {
        this.rest = rest;
    }

    public GitBindingView get(String workspace) {
        return rest.get(GIT, workspace).as(GitBindingView.class);
    }

    /** Checks everything, with a look at the repository; keeps it unless {@code dryRun}. */
    public GitBindingView set(String workspace, GitBindingWrite binding, boolean dryRun) {
        return rest.put(GIT, workspace)
                .query("dryRun", dryRun ? true : null)
                .body(binding)
                .as(GitBindingView.class);
    }

    public void remove(String workspace) {
        rest.delete(GIT, workspace).header("If-Match", WHATEVER_IS_THERE).send();
    }

    /** Begins a pull; it may still run when this answers. */
    public GitPullView pull(String workspace, NewGitPull asked) {
        return rest.post(PULLS, workspace).body(asked).as(GitPullView.class);
    }

    public GitPullView pull(String workspace, long number) {
        return rest.get(PULLS + "/{}", workspace, Long.toString(number)).as(GitPullView.class);
    }

    /** Some pulls, newest first. */
    public Page<GitPullView> pulls(String workspace, int size, @Nullable String token) {
        return rest.get(PULLS, workspace)
                .query("pageSize", size)
                .query("pageToken", token)
                .asPage(GitPullView.class);
    }
}
