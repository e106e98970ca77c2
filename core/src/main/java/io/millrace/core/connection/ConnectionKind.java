package io.millrace.core.connection;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The kinds of stores that can be reached, and how they appear in SQL. */
public enum ConnectionKind {
    KAFKA(Shape.DATABASE),
    POSTGRES(Shape.CATALOG),
    /** MySQL and MariaDB. */
    MYSQL(Shape.CATALOG),
    ICEBERG(Shape.CATALOG),
    HIVE(Shape.CATALOG),
    FILESYSTEM(Shape.CATALOG),
    REDIS(Shape.DATABASE),
    HBASE(Shape.DATABASE);

    private final Shape shape;

    ConnectionKind(Shape shape) {
        this.shape = shape;
    }

    /** What a connection of this kind is in SQL. */
    public Shape shape() {
        return shape;
    }

    /** As users write it, and the catalog of the connections that are databases. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All kinds as users write them. */
    public static List<String> words() {
        return Arrays.stream(values()).map(ConnectionKind::word).toList();
    }

    /** Empty if there is no such kind. */
    public static Optional<ConnectionKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }

    /** What a connection is in SQL. */
    public enum Shape {
        /** A catalog of its own, named like the connection: the store has databases of its own. */
        CATALOG,
        /** A database, named like the connection, of the catalog that is named like the kind. */
        DATABASE
    }
}
