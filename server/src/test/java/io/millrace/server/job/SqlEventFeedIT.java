package io.millrace.server.job;

import static io.millrace.testkit.TestClock.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.error.MillraceException;
import io.millrace.core.job.EventKind;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobEvent;
import io.millrace.core.job.JobId;
import io.millrace.core.job.JobMode;
import io.millrace.core.job.JobName;
import io.millrace.core.job.JobVersion;
import io.millrace.core.job.Samples;
import io.millrace.core.workspace.WorkspaceRef;
import io.millrace.testkit.TestPostgres;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.UUID;

class SqlEventFeedIT {
    private static Jdbi jdbi;

    private final JobId job = JobId.create();
    private SqlEventFeed feed;

    @BeforeAll
    static void migrate() {
        var source = TestPostgres.createDatabase().dataSource();
        Flyway.configure().dataSource(source).load().migrate();
        jdbi = Jdbi.create(source);
    }

    @BeforeEach
    void create() {
        feed = new SqlEventFeed(jdbi);
        var name = new JobName("j" + UUID.randomUUID());
        new SqlJobStore(jdbi)
                .create(
                        Job.create(job, WorkspaceRef.DEFAULT, name, NOON),
                        new JobVersion(job, 1, Samples.spec(JobMode.STREAMING), Samples.AUTHOR, "", NOON),
                        event("created"));
    }

    private static JobEvent event(String reason) {
        return JobEvent.of(NOON, EventKind.APPLIED, reason);
    }

    private static List<String> reasons(SqlEventFeed.Part part) {
        return part.events().stream().map(happened -> happened.event().reason()).toList();
    }

    @Test
    void tellsWhatIsCommittedLateAfterWhatCameBehindIt() {
        String begin = feed.here();
        try (Handle slow = jdbi.open()) {
            slow.begin();
            JobWrites.insert(slow, job, event("slow"));
            jdbi.useTransaction(handle -> JobWrites.insert(handle, job, event("fast")));

            SqlEventFeed.Part first = feed.after(begin);
            assertThat(reasons(first)).containsExactly("fast");
            assertThat(reasons(feed.after(first.place()))).isEmpty();
            slow.commit();

            SqlEventFeed.Part second = feed.after(first.place());
            assertThat(reasons(second)).containsExactly("slow");
            assertThat(reasons(feed.after(second.place()))).isEmpty();
            assertThat(reasons(feed.after(begin)))
                    .as("from the beginning again")
                    .containsExactly("slow", "fast");
        }
    }

    @Test
    void tellsWhoseAnEventIs() {
        String begin = feed.here();
        jdbi.useTransaction(handle -> JobWrites.insert(handle, job, event("mine")));

        SqlEventFeed.Happened happened = feed.after(begin).events().get(0);

        assertThat(happened.id()).isEqualTo(job);
        assertThat(happened.workspace()).isEqualTo(WorkspaceRef.DEFAULT);
        assertThat(happened.event().kind()).isEqualTo(EventKind.APPLIED);
    }

    @Test
    void saysThatItIsTooMuchToTell() {
        String begin = feed.here();
        jdbi.useTransaction(handle -> {
            for (int i = 0; i <= SqlEventFeed.MOST; i++) {
                JobWrites.insert(handle, job, event("one of many"));
            }
        });

        SqlEventFeed.Part part = feed.after(begin);

        assertThat(part.gap()).isTrue();
        assertThat(part.events()).isEmpty();
        assertThat(feed.after(part.place()).gap())
                .as("it goes on behind the gap")
                .isFalse();
    }

    @Test
    void saysThatAPlaceIsOfAnotherMetastore() {
        SqlEventFeed.Part part = feed.after("9000000000000000000:9000000000000000000:");

        assertThat(part.gap()).isTrue();
        assertThat(feed.after(part.place()).gap()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "17", "9:3:", "1:2:9", "99999999999999999999:1:", "1:2:3'; DROP TABLE job"})
    void refusesWhatIsNoPlace(String text) {
        assertThatThrownBy(() -> feed.after(text))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("Last-Event-ID");
    }
}
