package io.millrace.server.job;

import static io.millrace.server.job.JobWrites.time;

import io.millrace.core.job.Lease;
import io.millrace.core.job.LeaseStore;
import org.jdbi.v3.core.Jdbi;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** {@link LeaseStore} in PostgreSQL. */
final class SqlLeaseStore implements LeaseStore {
    private static final String TAKE = """
            UPDATE lease SET epoch = epoch + 1, holder = :holder, renewed_at = :now
            WHERE renewed_at <= :silent RETURNING epoch, tag
            """;

    private final Jdbi jdbi;

    SqlLeaseStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public Lease takeOver(String holder, Instant now) {
        Instant ever = Instant.parse("9999-01-01T00:00:00Z");
        return take(holder, now, ever).orElseThrow();
    }

    @Override
    public Optional<Lease> takeOverSilent(String holder, Instant now, Duration silence) {
        return take(holder, now, now.minus(silence));
    }

    private Optional<Lease> take(String holder, Instant now, Instant silentSince) {
        return jdbi.inTransaction(handle -> handle.createQuery(TAKE)
                .bind("holder", holder)
                .bind("now", time(now))
                .bind("silent", time(silentSince))
                .map((row, context) -> new Lease(row.getLong("epoch"), row.getInt("tag")))
                .findOne());
    }

    @Override
    public boolean renew(Lease lease, Instant now) {
        return jdbi.inTransaction(
                handle -> handle.createUpdate("UPDATE lease SET renewed_at = :now WHERE epoch = :epoch")
                                .bind("now", time(now))
                                .bind("epoch", lease.epoch())
                                .execute()
                        == 1);
    }
}
