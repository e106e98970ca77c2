package io.millrace.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.access.Activity;
import io.millrace.core.access.ActivityFilter;
import io.millrace.testkit.TestPostgres;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the activity log keeps, on a real PostgreSQL, which has a clock of its own. */
class ActivityLogIT {
    private static final ActivityFilter ALL =
            new ActivityFilter(Optional.empty(), Optional.empty(), "", false, Optional.empty());

    private final Clock clock = Clock.systemUTC();
    private Jdbi jdbi;

    @BeforeEach
    void migrate() {
        var source = TestPostgres.createDatabase().dataSource();
        Flyway.configure().dataSource(source).load().migrate();
        jdbi = Jdbi.create(source);
    }

    private BoundedActivityLog keeping(int days) {
        return new BoundedActivityLog(new SqlActivityLog(jdbi), Duration.ofDays(days), clock);
    }

    private void done(BoundedActivityLog log, String by, int daysAgo, String outcome) {
        Instant at = clock.instant().minus(Duration.ofDays(daysAgo));
        log.append(new Activity(0, at, by, "table.drop", "/" + daysAgo, outcome, "10.0.0.1", "r"));
    }

    private static List<String> objects(BoundedActivityLog log) {
        return log.list(ALL, Long.MAX_VALUE, 1_000).stream()
                .map(Activity::object)
                .toList();
    }

    @Test
    void forgetsWhatIsOldAndNothingElse() {
        BoundedActivityLog log = keeping(60);
        done(log, "alice", 61, "OK");
        done(log, "alice", 59, "OK");
        done(log, "", 1, "NOT_SIGNED_IN");

        log.tidy();

        assertThat(objects(log)).containsExactly("/1", "/59");
    }

    @Test
    void nothingElseGoesWhoeverAsks() {
        done(keeping(60), "alice", 20, "OK");
        done(keeping(60), "alice", 40, "OK");

        for (String change : List.of(
                "UPDATE activity SET by_name = 'bob'",
                "TRUNCATE activity",
                "DELETE FROM activity",
                "DELETE FROM activity WHERE object = '/20'")) {
            assertThatThrownBy(() -> jdbi.useHandle(handle -> handle.execute(change)))
                    .hasMessageContaining("append-only");
        }
        assertThat(objects(keeping(60))).containsExactly("/40", "/20");
        assertThatThrownBy(() -> keeping(29)).hasMessageContaining("at least 30d");
    }

    @Test
    void strangersDoNotFillIt() {
        BoundedActivityLog log = keeping(60);
        for (int i = 0; i < 200; i++) {
            done(log, "", 0, "NOT_SIGNED_IN");
            done(log, "alice", 0, "ACCESS_DENIED");
        }
        log.finish();

        List<Activity> kept = log.list(ALL, Long.MAX_VALUE, 1_000);
        assertThat(kept).filteredOn(each -> each.by().equals("alice")).hasSize(200);
        assertThat(kept).filteredOn(each -> each.by().isEmpty()).hasSize(Strangers.IN_FULL + 1);
        assertThat(kept.get(0).object()).isEqualTo("140 calls");
    }
}
