package io.millrace.server.catalog;

import io.millrace.core.catalog.CatalogName;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.millrace.server.connection.Reach;
import org.apache.hadoop.hive.metastore.api.MetaException;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.protocol.TProtocolException;
import org.apache.thrift.transport.TSocket;
import org.apache.thrift.transport.TTransportException;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The way to one Hive metastore by its own protocol, every call with a time limit and a bound on what is read. A call
 * has a network connection of its own; the first address that answers serves it.
 */
final class HiveStore {
    /** Everything, from connecting on; a metastore that needs longer counts as one that does not answer. */
    private static final Duration TIME = Duration.ofSeconds(8);

    private static final long BYTES = 32L << 20;
    private static final int CONNECT_MILLIS = 3_000;
    private static final long MAX_TEXT = 16L * 1024 * 1024;
    private static final long MAX_ITEMS = 1_000_000;

    private final CatalogName catalog;
    private final List<Address> addresses;
    private final Reach reach;

    HiveStore(CatalogName catalog, List<Address> addresses, Reach reach) {
        this.catalog = catalog;
        this.addresses = List.copyOf(addresses);
        this.reach = reach;
    }

    /**
     * Asks the metastore. What it understood and refused comes as one of its own exceptions; that it does not answer, as
     * STORE_UNAVAILABLE.
     */
    <T> T call(Call<T> call) throws TException {
        reach.check();
        return BoundedSockets.within(TIME, BYTES, reach, () -> ask(call));
    }

    private <T> T ask(Call<T> call) throws TException {
        TSocket socket = connect();
        try {
            return call.of(
                    new ThriftHiveMetastore.Client(new TBinaryProtocol(socket, MAX_TEXT, MAX_ITEMS, false, true)));
        } catch (TTransportException | TProtocolException e) {
            throw unavailable(e);
        } catch (MetaException e) {
            throw new MillraceException(ErrorCode.STORE_UNAVAILABLE, what() + " failed.", e);
        } finally {
            socket.close();
        }
    }

    private TSocket connect() {
        Exception last = null;
        for (Address address : addresses) {
            try {
                return connect(address);
            } catch (IOException | TTransportException e) {
                last = e;
            }
        }
        throw unavailable(last);
    }

    private static TSocket connect(Address address) throws IOException, TTransportException {
        Socket socket = new BoundedSockets().createSocket();
        try {
            socket.connect(new InetSocketAddress(address.host(), address.port()), CONNECT_MILLIS);
            return new TSocket(socket);
        } catch (IOException | TTransportException e) {
            socket.close();
            throw e;
        }
    }

    private MillraceException unavailable(@Nullable Exception cause) {
        String detail = what() + " does not answer.";
        Optional<MillraceException> refusal = cause == null ? Optional.empty() : BoundedSockets.refusal(cause);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        return cause == null
                ? new MillraceException(ErrorCode.STORE_UNAVAILABLE, detail)
                : new MillraceException(ErrorCode.STORE_UNAVAILABLE, detail, cause);
    }

    /** Users of tables need not know where it is. */
    private String what() {
        return "The Hive metastore of catalog '" + catalog + "'";
    }

    /** Where one of the metastore's servers listens. */
    record Address(String host, int port) {
        /** {@code text} was checked: host and port. */
        static Address of(String text) {
            int colon = text.lastIndexOf(':');
            String host = text.substring(0, colon).replaceAll("^\\[|]$", "");
            return new Address(host, Integer.parseInt(text.substring(colon + 1)));
        }
    }

    /** Something to ask. */
    @FunctionalInterface
    interface Call<T> {
        T of(ThriftHiveMetastore.Iface metastore) throws TException;
    }
}
