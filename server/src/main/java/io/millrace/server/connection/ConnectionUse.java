package io.millrace.server.connection;

import io.millrace.core.connection.Connection;

import java.util.List;

/** What the catalogs know of a connection's use. Implemented by them, so that this feature need not know them. */
public interface ConnectionUse {
    /**
     * Gives up what is empty of the connection's database or catalog, so that nothing new can be registered in it.
     *
     * @return the tables that still need it; none if it can go
     */
    Tables release(Connection connection);

    /** The tables that are known of a connection. Asks no store. */
    Tables of(Connection connection);

    /** Says who reads tables that can be reached by the connection alone; empty if nobody does. */
    List<String> readers(Connection connection);

    /**
     * The known tables that {@code current} allows and {@code next} would not. Asks the store if only that knows where they
     * are; STORE_UNAVAILABLE if it does not answer.
     */
    Tables excluded(OpenConnection current, OpenConnection next);

    /**
     * Tables by their full names.
     *
     * @param named the first few
     * @param all how many there are
     */
    record Tables(List<String> named, int all) {
        private static final int MOST = 5;

        public Tables {
            named = List.copyOf(named);
        }

        /** The first few of all names. */
        public static Tables of(List<String> names) {
            return new Tables(names.subList(0, Math.min(MOST, names.size())), names.size());
        }

        boolean isEmpty() {
            return all == 0;
        }

        @Override
        public String toString() {
            String more = all > named.size() ? " and " + (all - named.size()) + " more" : "";
            return String.join(", ", named) + more;
        }
    }
}
