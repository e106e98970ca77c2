package io.millrace.server.catalog;

import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.Database;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.Table;
import io.millrace.core.catalog.TablePath;
import io.millrace.core.connection.Uris;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.server.connection.OpenConnection;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Files below one root. Each table has a folder of its own for good, {@code <database>/<table>-<8 digits of its id>}: a
 * rename keeps the data, and a new table never sees the files of a dropped one with its name.
 */
final class WarehouseStore implements Store {
    /** Safe as a folder everywhere: no separators, no dots at the start, nothing that a shell or an URI reads. */
    private static final Pattern FOLDER = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}_-]{0,99}");

    private static final int ID_DIGITS = 8;

    /** Where HDFS listens if the URI does not say it. */
    private static final int NAMENODE = 8020;

    /** What a name node answers with the hint that it speaks something else, and writes into no log. */
    private static final String HTTP = "GET / HTTP/1.0\r\n\r\n";

    private final String root;
    private final Runnable reach;
    private final Optional<Pulse> pulse;

    /** {@code root} is an URI, such as {@code file:///var/lib/millrace/warehouse}. */
    WarehouseStore(String root) {
        this(root, () -> {}, Optional.empty());
    }

    /**
     * {@code reach} throws EGRESS_DENIED if the folder must not be reached; it is asked at each use. {@code pulse} is that
     * of the service that has the folder, if it is not on this machine.
     */
    WarehouseStore(String root, Runnable reach, Optional<Pulse> pulse) {
        this.reach = reach;
        this.pulse = pulse;
        this.root = root.endsWith("/") ? root.substring(0, root.length() - 1) : root;
    }

    /** Of a connection to files; empty if they are on this machine. */
    static Optional<Pulse> pulse(CatalogName catalog, OpenConnection open, Clock clock) {
        URI root = URI.create(open.fields().text("root"));
        String what = "The file system of connection '" + catalog + "'";
        return Uris.host(root.toString())
                .map(host -> host + ":" + (root.getPort() < 0 ? NAMENODE : root.getPort()))
                .map(server -> new Pulse(catalog, new Knock(what, List.of(server), HTTP, open.reach()), clock));
    }

    @Override
    public Catalog.About about() {
        return new Catalog.About("warehouse", "Partitioned Parquet files; a database is a folder.");
    }

    @Override
    public List<Database> fixedDatabases(CatalogName catalog) {
        return List.of(new Database(DatabasePath.of(catalog.value(), "default"), "Where a session begins."));
    }

    @Override
    public void refuseDatabase(DatabasePath path) {
        refuse(path.database().value(), "database");
    }

    @Override
    public void refuseName(TablePath path) {
        refuse(path.table().value(), "table");
    }

    @Override
    public Optional<String> location(TablePath path, String id) {
        return Optional.of(path.parent().database() + "/" + path.table() + "-" + id.substring(0, ID_DIGITS));
    }

    @Override
    public Optional<OwnFolder> folder(String location) {
        return Optional.of(new OwnFolder(root, location));
    }

    @Override
    public Optional<Pulse> pulse() {
        return pulse;
    }

    @Override
    public Map<String, String> platformOptions(Table table) {
        reach.run();
        return Map.of("path", root + "/" + table.location().orElseThrow());
    }

    private static void refuse(String name, String what) {
        if (!FOLDER.matcher(name).matches()) {
            throw new MillraceException(
                    ErrorCode.TABLE_INVALID,
                    "A " + what
                            + " of the warehouse becomes a folder, so its name has up to 100 letters, digits, '_' and"
                            + " '-', and does not begin with '-': '" + name + "' does not fit.",
                    List.of(Flaw.at("/name", "cannot be the name of a folder")));
        }
    }
}
