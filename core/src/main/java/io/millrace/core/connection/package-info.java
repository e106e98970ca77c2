/**
 * Connections: how a store is reached. A connection has typed fields, never a URL or free options, and its secrets
 * apart. A descriptor per kind says which fields there are; the checks here say everything that is wrong at once.
 * Which hosts may be reached at all is the egress policy's. Nothing here does I/O.
 */
@NullMarked
package io.millrace.core.connection;

import org.jspecify.annotations.NullMarked;
