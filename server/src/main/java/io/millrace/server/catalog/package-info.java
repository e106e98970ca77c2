/**
 * Catalogs: what tables there are, and what stands behind each of them. {@code kafka} and {@code warehouse} hold tables
 * that users register; the tables of {@code postgres} are fetched from the database whenever somebody asks. Users see
 * names, columns and the options they set; only Flink's own processes get the real connector's options, secrets
 * included, through the internal API.
 */
@NullMarked
package io.millrace.server.catalog;

import org.jspecify.annotations.NullMarked;
