/** The metastore's connection pool and transactions; migrations lie in {@code db/migration}. */
@NullMarked
package io.millrace.server.db;

import org.jspecify.annotations.NullMarked;
