package io.millrace.server.connection;

import io.millrace.core.connection.ConnectionKind;
import org.jdbi.v3.core.Jdbi;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/** What the stores at addresses say they are, as they said when they were asked last. */
final class SqlStoreIdentities {
    private static final String REMEMBER = """
            INSERT INTO store_identity (kind, address, identity, seen_at) VALUES (:kind, :address, :identity, :at)
            ON CONFLICT (kind, address) DO UPDATE SET identity = excluded.identity, seen_at = excluded.seen_at
            """;

    private static final String ALL = "SELECT address, identity FROM store_identity WHERE kind = :kind";

    private final Jdbi jdbi;

    SqlStoreIdentities(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    void remember(ConnectionKind kind, String address, String identity, Instant at) {
        jdbi.useHandle(handle -> handle.createUpdate(REMEMBER)
                .bind("kind", kind.name())
                .bind("address", address)
                .bind("identity", identity)
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .execute());
    }

    /** By address. */
    Map<String, String> of(ConnectionKind kind) {
        return jdbi.withHandle(handle -> handle.createQuery(ALL)
                .bind("kind", kind.name())
                .reduceRows(new HashMap<String, String>(), (all, row) -> {
                    all.put(row.getColumn("address", String.class), row.getColumn("identity", String.class));
                    return all;
                }));
    }
}
