package io.millrace.server.job;

import io.millrace.core.job.Lease;
import io.millrace.core.job.LeaseStore;
import io.millrace.core.target.TargetName;
import org.jdbi.v3.core.Jdbi;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@link LeaseStore} in PostgreSQL. Whoever locks several leases does so in the order of their targets. */
final class SqlLeaseStore implements LeaseStore {
    private static final String BEAT = """
            WITH me AS (
                INSERT INTO server (name, seen_at) VALUES (:name, clock_timestamp())
                ON CONFLICT (name) DO UPDATE SET seen_at = clock_timestamp()),
            gone AS (DELETE FROM server WHERE name <> :name AND seen_at < clock_timestamp() - interval '1 day')
            SELECT 1 + count(*) FROM server
            WHERE name <> :name AND seen_at > clock_timestamp() - make_interval(secs => :silence)
            """;

    private static final String HELD = """
            SELECT target, holder, extract(epoch FROM clock_timestamp() - renewed_at) AS silent
            FROM lease ORDER BY target
            """;

    private static final String TAKE = """
            INSERT INTO lease AS l (target, epoch, holder, renewed_at)
            VALUES (:target, 1, :server, clock_timestamp())
            ON CONFLICT (target) DO UPDATE SET epoch = l.epoch + 1, holder = :server, renewed_at = clock_timestamp()
                WHERE :always OR l.renewed_at <= clock_timestamp() - make_interval(secs => :silence)
            RETURNING epoch, (SELECT tag FROM control_plane) AS tag
            """;

    private static final String RENEW = """
            UPDATE lease l SET renewed_at = clock_timestamp()
            FROM (SELECT h.target FROM lease h
                JOIN unnest(:targets, :epochs) AS mine (target, epoch)
                ON mine.target = h.target AND mine.epoch = h.epoch
                ORDER BY h.target FOR NO KEY UPDATE OF h) held
            WHERE l.target = held.target
            RETURNING l.target
            """;

    private static final String LEAVE = """
            UPDATE lease SET renewed_at = 'epoch'
            WHERE target IN (SELECT target FROM lease WHERE holder = :server ORDER BY target FOR NO KEY UPDATE)
            """;

    private final Jdbi jdbi;

    SqlLeaseStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public int beat(String server, Duration silence) {
        return jdbi.inTransaction(handle -> handle.createQuery(BEAT)
                .bind("name", server)
                .bind("silence", seconds(silence))
                .mapTo(Integer.class)
                .one());
    }

    @Override
    public List<Held> held(Set<TargetName> targets) {
        return jdbi.withHandle(handle -> handle.createQuery(HELD)
                .map((row, context) -> new Held(
                        new TargetName(row.getString("target")), row.getString("holder"), Duration.ofMillis((long)
                                (1000 * row.getDouble("silent")))))
                .filter(held -> targets.contains(held.target()))
                .list());
    }

    @Override
    public Lease takeOver(TargetName target, String server) {
        return take(target, server, true, Duration.ZERO).orElseThrow();
    }

    @Override
    public Optional<Lease> takeOverSilent(TargetName target, String server, Duration silence) {
        return take(target, server, false, silence);
    }

    private Optional<Lease> take(TargetName target, String server, boolean always, Duration silence) {
        return jdbi.inTransaction(handle -> handle.createQuery(TAKE)
                .bind("target", target.value())
                .bind("server", server)
                .bind("always", always)
                .bind("silence", seconds(silence))
                .map((row, context) -> new Lease(target, row.getLong("epoch"), row.getInt("tag")))
                .findOne());
    }

    @Override
    public void leave(String server) {
        jdbi.useTransaction(handle -> {
            handle.execute("DELETE FROM server WHERE name = ?", server);
            handle.createUpdate(LEAVE).bind("server", server).execute();
        });
    }

    @Override
    public List<Lease> renew(List<Lease> leases) {
        Map<String, Lease> mine =
                leases.stream().collect(Collectors.toMap(lease -> lease.target().value(), Function.identity()));
        return jdbi.inTransaction(handle -> handle.createQuery(RENEW)
                .bindArray("targets", String.class, List.copyOf(mine.keySet()))
                .bindArray(
                        "epochs",
                        Long.class,
                        mine.values().stream().map(Lease::epoch).toList())
                .mapTo(String.class)
                .map(mine::get)
                .list());
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
