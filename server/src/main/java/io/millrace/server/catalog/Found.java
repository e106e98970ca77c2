package io.millrace.server.catalog;

import io.millrace.core.access.Securable;
import io.millrace.core.catalog.TableSpec;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a search over the catalogs found.
 *
 * @param object on what rights on it are granted
 * @param table the structure of a table or view; absent for a function
 * @param className the class of a function; absent for a table or view
 */
record Found(Securable object, Place place, Optional<TableSpec> table, Optional<String> className) {

    /** Where something is in the order of a search; empty strings for the place before everything. */
    record Place(String catalog, String database, String name, String kind) {
        /** Names hold no control characters. */
        private static final String BETWEEN = "\n";

        private static final int PARTS = 4;

        static Place of(String token) {
            List<String> parts = Stream.of(token.split(BETWEEN, -1)).toList();
            return parts.size() == PARTS
                    ? new Place(parts.get(0), parts.get(1), parts.get(2), parts.get(3))
                    : new Place("", "", "", "");
        }

        String token() {
            return String.join(BETWEEN, catalog, database, name, kind);
        }
    }
}
