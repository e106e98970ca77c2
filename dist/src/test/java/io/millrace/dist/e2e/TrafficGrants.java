package io.millrace.dist.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.api.access.GranteeKind;
import io.millrace.api.access.GranteeView;
import io.millrace.api.access.NewGrant;
import io.millrace.api.access.NewToken;
import io.millrace.api.access.NewUser;
import io.millrace.api.access.ObjectKind;
import io.millrace.api.access.ObjectPath;
import io.millrace.api.access.UserKind;
import io.millrace.api.client.ApiException;
import io.millrace.api.client.JobsClient;
import io.millrace.api.client.MillraceClient;
import io.millrace.api.job.JobSpec;
import io.millrace.api.job.ObservedState;
import io.millrace.api.workspace.NewWorkspace;
import io.millrace.api.workspace.WorkspaceRole;
import io.millrace.cli.console.ServerToken;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The jobs of the traffic example, in a workspace of their own, as a service account that has exactly the grants that they
 * need.
 */
final class TrafficGrants {
    private static final String NAME = "traffic";
    private static final GranteeView ACCOUNT = new GranteeView(GranteeKind.USER, NAME);
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** What each job needs, but for {@code DESCRIBE} on the databases, which lets a refusal name what is missing. */
    private static final Map<String, List<Need>> NEEDS = Map.of(
            "traffic-detail",
            List.of(
                    new Need("READ", "kafka.main.traffic_raw"),
                    new Need("WRITE", "kafka.main.traffic_quarantine"),
                    new Need("WRITE", "kafka.main.traffic_detail"),
                    new Need("WRITE", "warehouse.traffic.detail")),
            "traffic-summary",
            List.of(
                    new Need("READ", "kafka.main.traffic_detail"),
                    new Need("READ", "kafka.main.traffic_quarantine"),
                    new Need("WRITE", "postgres.traffic.page_views_1m"),
                    new Need("WRITE", "postgres.traffic.page_views_1h"),
                    new Need("WRITE", "postgres.traffic.top_pages_1h"),
                    new Need("WRITE", "postgres.traffic.top_pages"),
                    new Need("WRITE", "postgres.traffic.statuses"),
                    new Need("WRITE", "postgres.traffic.refused_lines"),
                    new Need("WRITE", "postgres.traffic.totals")));

    private final MillraceClient admin;
    private final MillraceClient account;
    private final Path jobs;

    private record Need(String privilege, String table) {
        NewGrant grant() {
            ObjectPath path = new ObjectPath(ObjectKind.TABLE, List.of(table.split("\\.")));
            return new NewGrant(ACCOUNT, path, List.of(privilege), null);
        }
    }

    /**
     * Makes the account on a stack on which the example has run.
     *
     * @param jobs the folder with the files of the jobs
     */
    TrafficGrants(Path home, Path jobs) throws IOException {
        int port = new ObjectMapper()
                .readTree(home.resolve("stack.json").toFile())
                .at("/ports/server")
                .asInt();
        MillraceClient anybody = MillraceClient.at(URI.create("http://127.0.0.1:" + port));
        String local = ServerToken.ofStack(home).orElseThrow();
        this.admin = anybody.withToken(() -> local);
        this.jobs = jobs;
        admin.access().create(new NewUser(NAME, UserKind.SERVICE, null, null, null));
        String token =
                admin.access().create(NAME, new NewToken("test", null, null)).secret();
        this.account = anybody.withToken(() -> token);
    }

    /** Fails with what is missing for each grant that is taken away, and runs with all of them. */
    void check() throws IOException {
        admin.workspaces().create(new NewWorkspace(NAME, null));
        admin.workspaces().put(NAME, ACCOUNT, WorkspaceRole.EDITOR);
        JobsClient own = account.jobs().in(NAME);
        for (String database : List.of("kafka.main", "warehouse.traffic", "postgres.traffic")) {
            give(ObjectKind.DATABASE, List.of(database.split("\\.")), "DESCRIBE");
        }
        List<Need> all = new ArrayList<>();
        NEEDS.values().forEach(all::addAll);
        all.forEach(need -> admin.grants().grant(need.grant()));
        for (Map.Entry<String, List<Need>> job : NEEDS.entrySet()) {
            JobSpec spec = spec(job.getKey());
            assertThat(own.dryRun("as-granted", spec).change()).isNotNull();
            for (Need need : job.getValue()) {
                assertThat(admin.grants().revoke(need.grant()).removed()).isEqualTo(1);
                assertThatThrownBy(() -> own.dryRun("as-granted", spec))
                        .as("%s without %s", job.getKey(), need)
                        .isInstanceOfSatisfying(
                                ApiException.class,
                                e -> assertThat(e.problem().toString())
                                        .contains(
                                                need.privilege() + " on table '" + need.table() + "'",
                                                "can be granted by"));
                admin.grants().grant(need.grant());
            }
        }
        NEEDS.keySet().forEach(job -> admin.jobs().stop(job, false));
        for (String job : NEEDS.keySet()) {
            run(own, job, spec(job));
        }
    }

    private static void run(JobsClient own, String name, JobSpec spec) {
        own.apply(name, spec);
        own.start(name);
        await(name + " runs")
                .atMost(LIMIT)
                .untilAsserted(() -> assertThat(own.get(name).observed()).isEqualTo(ObservedState.RUNNING));
        own.stop(name, false);
    }

    private void give(ObjectKind kind, List<String> path, String privilege) {
        admin.grants().grant(new NewGrant(ACCOUNT, new ObjectPath(kind, path), List.of(privilege), null));
    }

    /** Without the front matter, which the command line reads. */
    private JobSpec spec(String job) throws IOException {
        String text = Files.readString(jobs.resolve(job + ".sql"));
        return new JobSpec(
                text.substring(text.indexOf("\n---\n") + "\n---\n".length()), null, null, null, null, null, null);
    }
}
