package io.millrace.server.logs;

import static java.time.ZoneOffset.UTC;

import io.millrace.core.job.Lease;
import io.millrace.core.target.FlinkJobId;
import io.millrace.core.target.TargetName;
import io.millrace.server.logs.Entries.Kept;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Where kept lines are written, and how far logs have been read. Whoever lost the lease writes nothing. */
final class SqlLogStore {
    /** An unpacked chunk that is longer gets no more entries. */
    private static final int FULL = 128 << 10;

    private static final String OPEN = "SELECT id, first_at, last_at, severity, length, body FROM log_chunk ";
    private static final String OF_JOB = "WHERE flink_job_id = :job AND process = :process AND target = :target";
    private static final String OF_PROCESS =
            "WHERE flink_job_id IS NULL AND target = :target AND process = :process AND about = :about";

    private final Jdbi jdbi;

    SqlLogStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Of the ids of this control plane's jobs. */
    int tag() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT tag FROM control_plane")
                .mapTo(Integer.class)
                .one());
    }

    /** When the oldest of the attempts began that live, or ended after {@code ended}; empty when there is none. */
    Optional<Instant> since(TargetName target, Instant ended) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT min(a.first_sent_at) AS at FROM (
                            SELECT job_id, version, first_sent_at FROM attempt WHERE state <> 'ENDED'
                            UNION ALL
                            SELECT job_id, version, first_sent_at FROM attempt WHERE ended_at > :ended) a
                        JOIN job_version v ON v.job_id = a.job_id AND v.version = a.version AND v.target = :target
                        """)
                .bind("target", target.value())
                .bind("ended", ended.atOffset(UTC))
                .map((row, context) -> Optional.ofNullable(row.getObject("at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant))
                .one());
    }

    /** When the newest of those attempts ended, failed or was restarted that did so after {@code before}. */
    Optional<Instant> stirred(TargetName target, Instant before) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT max(a.at) AS at FROM (
                            SELECT job_id, version, ended_at AS at FROM attempt WHERE ended_at > :before
                            UNION ALL
                            SELECT f.job_id, a.version, f.at FROM attempt_failure f
                            JOIN attempt a ON a.job_id = f.job_id AND a.number = f.attempt WHERE f.at > :before) a
                        JOIN job_version v ON v.job_id = a.job_id AND v.version = a.version AND v.target = :target
                        """)
                .bind("target", target.value())
                .bind("before", before.atOffset(UTC))
                .map((row, context) -> Optional.ofNullable(row.getObject("at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant))
                .one());
    }

    List<LogFile> files(TargetName target) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT process, head, head_length, position, stored, read_at, gone
                        FROM log_file WHERE target = :target
                        """)
                .bind("target", target.value())
                .map((row, context) -> file(row))
                .list());
    }

    private static LogFile file(ResultSet row) throws SQLException {
        return new LogFile(
                row.getString("process"),
                row.getString("head"),
                row.getInt("head_length"),
                row.getLong("position"),
                row.getLong("stored"),
                row.getObject("read_at", OffsetDateTime.class).toInstant(),
                row.getBoolean("gone"));
    }

    /** All or nothing, so that no line is lost or there twice whenever a server dies. False for a lost lease. */
    boolean keep(Lease lease, LogFile file, Map<LogOwner, List<Kept>> entries) {
        return jdbi.inTransaction(handle -> {
            if (!holds(handle, lease)) {
                return false;
            }
            Set<String> known = known(handle, entries.keySet());
            entries.forEach((owner, kept) -> {
                if (owner.job().map(FlinkJobId::value).map(known::contains).orElse(true)) {
                    new Chunks(handle, lease.target(), file.process(), owner).append(kept);
                }
            });
            put(handle, lease.target(), file);
            return true;
        });
    }

    private static boolean holds(Handle handle, Lease lease) {
        return handle.createQuery("SELECT 1 FROM lease WHERE target = :target AND epoch = :epoch FOR SHARE")
                .bind("target", lease.target().value())
                .bind("epoch", lease.epoch())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /** Those that are still there, and stay until the transaction ends. */
    private static Set<String> known(Handle handle, Set<LogOwner> owners) {
        String[] ids = owners.stream()
                .flatMap(owner -> owner.job().stream())
                .map(FlinkJobId::value)
                .sorted()
                .toArray(String[]::new);
        return handle
                .createQuery("SELECT flink_job_id FROM attempt WHERE flink_job_id = ANY (:ids)"
                        + " ORDER BY flink_job_id FOR KEY SHARE")
                .bindArray("ids", String.class, (Object[]) ids)
                .mapTo(String.class)
                .stream()
                .collect(Collectors.toSet());
    }

    private static void put(Handle handle, TargetName target, LogFile file) {
        handle.createUpdate("""
                        INSERT INTO log_file (target, process, head, head_length, position, stored, read_at, gone)
                        VALUES (:target, :process, :head, :head_length, :position, :stored, :read_at, :gone)
                        ON CONFLICT (target, process) DO UPDATE SET head = :head, head_length = :head_length,
                            position = :position, stored = :stored, read_at = :read_at, gone = :gone
                        """)
                .bind("target", target.value())
                .bind("process", file.process())
                .bind("head", file.head())
                .bind("head_length", file.headLength())
                .bind("position", file.position())
                .bind("stored", file.stored())
                .bind("read_at", file.readAt().atOffset(UTC))
                .bind("gone", file.gone())
                .execute();
    }

    /** The chunks of one owner in the log of one process. */
    private record Chunks(Handle handle, TargetName target, String process, LogOwner owner) {
        private record Chunk(long id, Instant first, Instant last, int severity, String text) {}

        void append(List<Kept> entries) {
            Optional<Chunk> open = open();
            StringBuilder text = new StringBuilder(open.map(Chunk::text).orElse(""));
            Optional<Long> id = open.map(Chunk::id);
            Instant first = open.map(Chunk::first).orElse(Instant.MAX);
            Instant last = open.map(Chunk::last).orElse(Instant.MIN);
            int severity = open.map(Chunk::severity).orElse(0);
            for (Kept entry : entries) {
                if (text.length() > FULL && !entry.continues()) {
                    write(id, new Chunk(0, first, last, severity, text.toString()));
                    text.setLength(0);
                    id = Optional.empty();
                    first = Instant.MAX;
                    last = Instant.MIN;
                    severity = 0;
                }
                first = text.isEmpty() ? entry.at() : first;
                Entries.write(text, entry);
                last = entry.at().isAfter(last) ? entry.at() : last;
                severity = Math.max(severity, Entries.severity(entry.level()));
            }
            write(id, new Chunk(0, first, last, severity, text.toString()));
        }

        private Optional<Chunk> open() {
            return at(handle.createQuery(
                            OPEN + (owner.job().isPresent() ? OF_JOB : OF_PROCESS) + " ORDER BY id DESC LIMIT 1"))
                    .map((row, context) -> new Chunk(
                            row.getLong("id"),
                            row.getObject("first_at", OffsetDateTime.class).toInstant(),
                            row.getObject("last_at", OffsetDateTime.class).toInstant(),
                            row.getInt("severity"),
                            Entries.unpack(row.getBytes("body"))))
                    .findOne();
        }

        private Query at(Query query) {
            bind(query);
            return query;
        }

        private void bind(SqlStatement<?> statement) {
            statement.bind("target", target.value()).bind("process", process);
            if (owner.job().isPresent()) {
                statement.bind("job", owner.job().get().value());
            } else {
                statement.bind("about", owner.about().name());
            }
        }

        private void write(Optional<Long> id, Chunk chunk) {
            byte[] body = Entries.pack(chunk.text());
            var update = id.map(known -> handle.createUpdate("""
                                    UPDATE log_chunk SET first_at = :first, last_at = :last, severity = :severity,
                                        length = :length, size = :size, body = :body WHERE id = :id
                                    """).bind("id", known))
                    .orElseGet(() -> handle.createUpdate("""
                                    INSERT INTO log_chunk (target, process, about, flink_job_id, first_at, last_at,
                                        severity, length, size, body)
                                    VALUES (:target, :process, :about, :job, :first, :last, :severity, :length, :size,
                                        :body)
                                    """)
                            .bind("target", target.value())
                            .bind("process", process)
                            .bind("about", owner.about().name())
                            .bind("job", owner.job().map(FlinkJobId::value).orElse(null)));
            update.bind("first", chunk.first().atOffset(UTC))
                    .bind("last", chunk.last().atOffset(UTC))
                    .bind("severity", chunk.severity())
                    .bind("length", chunk.text().length())
                    .bind("size", body.length)
                    .bind("body", body)
                    .execute();
        }
    }
}
