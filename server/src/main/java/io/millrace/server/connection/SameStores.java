package io.millrace.server.connection;

import io.millrace.core.connection.Connection;
import io.millrace.core.connection.ConnectionFields;
import io.millrace.core.connection.ConnectionKind;
import io.millrace.core.connection.ConnectionName;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Knows which connections lead to one store, whatever each of them calls it: by what really names the store, as far as
 * that is known without asking it.
 */
public final class SameStores {
    private final Supplier<List<Connection>> connections;
    private final Function<ConnectionKind, Map<String, String>> told;

    /**
     * Made by the wiring, and by tests.
     *
     * @param connections gives all connections, sorted by name; asked at each call
     * @param told what stores of a kind say they are, as far as they were asked, by {@link #address}
     */
    SameStores(Supplier<List<Connection>> connections, Function<ConnectionKind, Map<String, String>> told) {
        this.connections = connections;
        this.told = told;
    }

    /** The other connections to the store of a connection, sorted by name; none if there is no such connection. */
    public List<ConnectionName> others(ConnectionName name) {
        List<Connection> all = connections.get();
        return all.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .map(mine -> others(mine, all))
                .orElse(List.of());
    }

    private List<ConnectionName> others(Connection mine, List<Connection> all) {
        List<Connection> rivals = all.stream()
                .filter(each -> each.kind() == mine.kind() && !each.name().equals(mine.name()))
                .toList();
        if (rivals.isEmpty()) {
            return List.of();
        }
        Map<String, String> identities = told.apply(mine.kind());
        String own = identities.get(address(mine));
        return rivals.stream()
                .filter(each -> same(mine, each) || (own != null && own.equals(identities.get(address(each)))))
                .map(Connection::name)
                .toList();
    }

    /** The address by which a store is remembered: the same for the same servers in any order and case. */
    static String address(Connection connection) {
        return String.join(",", servers(connection));
    }

    private static boolean same(Connection one, Connection other) {
        ConnectionFields mine = one.fields();
        ConnectionFields its = other.fields();
        return switch (one.kind()) {
            case KAFKA, HIVE -> overlap(one, other);
            case POSTGRES -> mine.text("database").equals(its.text("database")) && samePlace(mine, its);
            case MYSQL -> samePlace(mine, its);
            case ICEBERG -> address(one).equals(address(other));
            case FILESYSTEM -> realPath(mine.text("root")).equals(realPath(its.text("root")));
            case REDIS -> mine.number("database") == its.number("database") && samePlace(mine, its);
            case HBASE -> mine.text("namespace").equals(its.text("namespace")) && overlap(one, other);
        };
    }

    private static Set<String> servers(Connection connection) {
        ConnectionFields fields = connection.fields();
        List<String> named = switch (connection.kind()) {
            case KAFKA -> fields.items("bootstrapServers");
            case HIVE -> fields.items("metastore");
            case HBASE -> fields.items("zookeeper");
            case POSTGRES, MYSQL, REDIS -> List.of(fields.text("host") + ":" + fields.number("port"));
            case ICEBERG ->
                fields.optionalText("uri")
                        .map(uri -> List.of(bare(uri) + " "
                                + fields.optionalText("warehouse").orElse("")))
                        .orElseGet(() -> List.of(realPath(fields.text("root"))));
            case FILESYSTEM -> List.of(realPath(fields.text("root")));
        };
        Set<String> servers = new TreeSet<>();
        boolean hosts = named.stream().noneMatch(each -> each.contains("://"));
        named.forEach(each -> servers.add(hosts ? each.toLowerCase(Locale.ROOT) : each));
        return servers;
    }

    /** A server belongs to one cluster, so one in common is enough. */
    private static boolean overlap(Connection one, Connection other) {
        return !Collections.disjoint(servers(one), servers(other));
    }

    private static boolean samePlace(ConnectionFields one, ConnectionFields other) {
        return one.number("port") == other.number("port")
                && (one.text("host").equalsIgnoreCase(other.text("host"))
                        || !Collections.disjoint(addresses(one.text("host")), addresses(other.text("host"))));
    }

    private static Set<InetAddress> addresses(String host) {
        try {
            return Set.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException e) {
            return Set.of();
        }
    }

    /** A folder of this machine without links, so that two ways to it are one; another one as it is written. */
    private static String realPath(String root) {
        String bare = bare(root);
        if (!bare.startsWith("file:///")) {
            return bare;
        }
        try {
            return "file://" + Path.of(URI.create(bare)).toRealPath();
        } catch (IOException e) {
            return bare;
        }
    }

    private static String bare(String uri) {
        return uri.endsWith("/") && !uri.endsWith("///") ? uri.substring(0, uri.length() - 1) : uri;
    }
}
