package io.millrace.server.connection.probe;

import io.millrace.core.connection.ConnectionKind;

import java.util.Map;

/** How each kind of store is tried: one line per kind. */
final class Probes {
    private static final Map<ConnectionKind, StoreProbe> ALL = Map.of(
            ConnectionKind.KAFKA, new KafkaProbe(),
            ConnectionKind.POSTGRES, new PostgresProbe(),
            ConnectionKind.MYSQL, new MysqlProbe(),
            ConnectionKind.REDIS, new RedisProbe(),
            ConnectionKind.ICEBERG, new IcebergProbe(),
            ConnectionKind.HIVE, new HiveProbe(),
            ConnectionKind.FILESYSTEM, new FolderProbe());

    private Probes() {}

    /** Kinds without a line are tried as far as somebody listening. */
    static StoreProbe of(ConnectionKind kind) {
        return ALL.getOrDefault(kind, new PortProbe());
    }
}
