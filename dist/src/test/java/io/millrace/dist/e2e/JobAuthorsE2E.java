package io.millrace.dist.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.api.access.GranteeKind;
import io.millrace.api.access.GranteeView;
import io.millrace.api.access.NewUser;
import io.millrace.api.access.UserPatch;
import io.millrace.api.client.ApiException;
import io.millrace.api.client.JobsClient;
import io.millrace.api.client.MillraceClient;
import io.millrace.api.job.JobAttemptView;
import io.millrace.api.job.JobMode;
import io.millrace.api.job.JobPatch;
import io.millrace.api.job.JobSpec;
import io.millrace.api.job.ObservedState;
import io.millrace.api.workspace.WorkspaceRole;
import io.millrace.cli.console.ServerToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** A job runs with the rights that its author has at each start, whoever or whatever starts it. */
@ExtendWith(SharedStack.class)
class JobAuthorsE2E {
    private static final String DATABASE = "warehouse.authors";
    private static final String COPY = "INSERT INTO warehouse.authors.target SELECT id FROM warehouse.authors.source";

    private final MillraceClient server;
    private final Session admin;
    private final JobsClient jobs;

    JobAuthorsE2E(Millrace millrace) throws Exception {
        String ui = millrace.run("status", "--output", "json").json().path("ui").asText();
        String token = ServerToken.ofStack(millrace.home()).orElseThrow();
        this.server = MillraceClient.at(URI.create(ui).resolve("/"));
        this.admin = new Session(server.withToken(() -> token));
        this.jobs = admin.client.jobs();
        admin.ok("SET 'table.dml-sync' = 'true'");
        admin.ok("CREATE DATABASE IF NOT EXISTS " + DATABASE);
        for (String table : List.of("source", "target", "unseen")) {
            admin.ok("CREATE TABLE IF NOT EXISTS " + DATABASE + "." + table + " (id INT) WITH ('format' = 'parquet')");
        }
        admin.ok("INSERT INTO warehouse.authors.source VALUES (1)");
    }

    @Test
    void startsOnlyAsLongAsItsAuthorMay() {
        Session alice = author("author-alice");
        alice.client.jobs().apply("of-alice", batch(COPY));
        runs("of-alice");

        admin.ok("REVOKE READ ON warehouse.authors.source FROM `author-alice`");
        admin.ok("GRANT DESCRIBE ON warehouse.authors.source TO `author-alice`");
        jobs.start("of-alice");
        assertThat(refused("of-alice"))
                .contains("This takes READ on table 'warehouse.authors.source', and 'author-alice' does not have it");
        admin.ok("GRANT READ ON warehouse.authors.source TO `author-alice`");
        runs("of-alice");

        admin.client.access().update("author-alice", new UserPatch(null, null, true, null));
        isNotStarted("of-alice");
        admin.client.access().update("author-alice", new UserPatch(null, null, false, null));
        runs("of-alice");

        admin.client.access().delete("author-alice");
        isNotStarted("of-alice");
        admin.client.access().create(new NewUser("author-alice", null, null, true, null));
        isNotStarted("of-alice"); // another one of the name
        admin.client.access().delete("author-alice");

        jobs.apply("of-alice", batch(COPY + " WHERE id > 0"));
        runs("of-alice");
        jobs.delete("of-alice");
    }

    /** Flink gives each attempt up at its first failure, and the restart policy makes the next one. */
    @Test
    void isNotStartedAgainByItselfWithRightsThatWereTakenBack() {
        Session bob = author("author-bob");
        Map<String, String> stubborn = Map.of(
                "restart-strategy.type", "none",
                "restart.attempts", "100",
                "restart.delay", "3 s",
                "restart.max-delay", "3 s");
        String fails = "INSERT INTO warehouse.authors.target SELECT 1 / (id - 1) FROM warehouse.authors.source";
        bob.client.jobs().apply("of-bob", new JobSpec(fails, JobMode.STREAMING, null, null, null, null, stubborn));
        jobs.start("of-bob");
        await().atMost(Duration.ofMinutes(2)).until(() -> ends("of-bob").contains("FAILED, FAILED"));

        admin.ok("GRANT DESCRIBE ON warehouse.authors.source TO `author-bob`");
        admin.ok("REVOKE READ ON warehouse.authors.source FROM `author-bob`");
        ends("of-bob", ObservedState.FAILED);
        String reason = jobs.get("of-bob").reason();
        assertThat(reason)
                .contains("This takes READ on table 'warehouse.authors.source', and 'author-bob' does not have it");
        assertThat(ends("of-bob")).endsWith("FAILED, REJECTED]");
        jobs.start("of-bob");
        await().atMost(Duration.ofMinutes(2)).until(() -> ends("of-bob").endsWith("REJECTED, REJECTED]"));
        assertThat(jobs.get("of-bob").reason()).as("by hand").isEqualTo(reason);

        admin.ok("GRANT READ ON warehouse.authors.source TO `author-bob`");
        jobs.start("of-bob");
        await().atMost(Duration.ofMinutes(2)).until(() -> ends("of-bob").contains("REJECTED, FAILED, FAILED"));
        admin.ok("REVOKE READ, DESCRIBE ON warehouse.authors.source FROM `author-bob`");
        ends("of-bob", ObservedState.FAILED);
        assertThat(jobs.get("of-bob").reason()).contains("'source' not found").doesNotContain("READ");
        jobs.delete("of-bob");
    }

    /** How its attempts ended, the first one first. */
    private String ends(String job) {
        return jobs.attempts(job).stream()
                .sorted(Comparator.comparing(JobAttemptView::number))
                .map(JobAttemptView::end)
                .toList()
                .toString();
    }

    @Test
    void isNotReplacedByAVersionWhoseAuthorMayNotRunIt() {
        Session carl = author("author-carl");
        String generated =
                "CREATE TEMPORARY TABLE gen (id INT) WITH ('connector' = 'datagen', 'rows-per-second' = '1');"
                        + " INSERT INTO warehouse.authors.target SELECT id FROM gen";
        jobs.apply("of-carl", streaming(generated));
        jobs.start("of-carl");
        await().atMost(Duration.ofMinutes(2)).until(() -> jobs.get("of-carl").observed() == ObservedState.RUNNING);
        carl.client.jobs().apply("of-carl", streaming(generated + " WHERE id > 0"));

        admin.ok("DENY WRITE ON warehouse.authors.target TO `author-carl`");
        assertThatThrownBy(() -> jobs.patch("of-carl", JobPatch.deploy(2)))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("'author-carl' is denied it");
        admin.client.access().update("author-carl", new UserPatch(null, null, true, null));
        assertThatThrownBy(() -> jobs.patch("of-carl", JobPatch.deploy(2)))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("disabled");

        assertThat(jobs.get("of-carl").observed()).isEqualTo(ObservedState.RUNNING);
        assertThat(jobs.attempts("of-carl")).hasSize(1);
        jobs.stop("of-carl", false);
        await().atMost(Duration.ofMinutes(2)).until(() -> jobs.get("of-carl").observed() == ObservedState.IDLE);
        jobs.delete("of-carl");
    }

    private void isNotStarted(String job) {
        assertThatThrownBy(() -> jobs.start(job))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("with whose rights this is done, is gone or disabled");
        assertThat(jobs.get(job).observed()).isEqualTo(ObservedState.FINISHED);
    }

    /** What SHOW lists and the console and Flink's SQL client complete. */
    @Test
    void namesThatAreHiddenAreNeitherListedNorCompleted() {
        Session dora = admin.withUser(server, "author-dora");
        admin.ok("GRANT READ ON warehouse.authors.source TO `author-dora`");

        assertThat(admin.ok("SHOW TABLES IN " + DATABASE).items().toString()).contains("source", "target", "unseen");
        assertThat(dora.ok("SHOW TABLES IN " + DATABASE).items().toString())
                .contains("source")
                .doesNotContain("target", "unseen");
        assertThat(dora.ok("SHOW CATALOGS").items().toString())
                .contains("warehouse")
                .doesNotContain("kafka", "postgres");
        assertThat(dora.ok("SHOW DATABASES IN warehouse").items().toString())
                .contains("authors")
                .doesNotContain("shop");
        dora.ok("USE " + DATABASE);
        assertThat(dora.ok("SHOW TABLES LIKE '%'").items().toString()).doesNotContain("unseen");
        assertThat(admin.completions("SELECT * FROM " + DATABASE + ".")).contains("source", "unseen");
        for (String begun :
                List.of("SELECT * FROM " + DATABASE + ".", "SELECT * FROM ", "SELECT * FROM u", "SELECT ")) {
            assertThat(dora.completions(begun)).as(begun).noneMatch(word -> word.contains("unseen"));
        }
        assertThat(dora.completions("SELECT * FROM " + DATABASE + ".")).anyMatch(word -> word.contains("source"));
        assertThat(dora.fails("SELECT * FROM warehouse.authors.unsee").detail()).doesNotContain("unseen");
        assertThat(dora.fails("DESCRIBE warehouse.authors.unseen").detail())
                .isEqualTo(
                        dora.fails("DESCRIBE warehouse.authors.nothin").detail().replace("nothin", "unseen"));
    }

    private static JobSpec batch(String script) {
        return new JobSpec(script, JobMode.BATCH, null, null, null, null, null);
    }

    private static JobSpec streaming(String script) {
        return new JobSpec(script, JobMode.STREAMING, null, null, null, null, null);
    }

    private void runs(String job) {
        int before = jobs.attempts(job).size();
        jobs.start(job);
        await().atMost(Duration.ofMinutes(2))
                .until(() -> jobs.attempts(job).size() > before && jobs.get(job).observed() == ObservedState.FINISHED);
    }

    private void ends(String job, ObservedState state) {
        await().atMost(Duration.ofMinutes(2)).until(() -> jobs.get(job).observed() == state);
    }

    /** What the history's newest entries say of a start that was refused. */
    private String refused(String job) {
        ends(job, ObservedState.FAILED);
        return jobs.events(job, 3, null).toString();
    }

    /** Who may copy from source to target, and work in the workspace 'default'. */
    private Session author(String name) {
        Session author = admin.withUser(server, name);
        admin.client.workspaces().put("default", new GranteeView(GranteeKind.USER, name), WorkspaceRole.EDITOR);
        admin.ok("GRANT READ ON warehouse.authors.source TO `" + name + "`");
        admin.ok("GRANT WRITE ON warehouse.authors.target TO `" + name + "`");
        return author;
    }
}
