/** Catalogs, databases and tables as clients and Flink see them. */
@NullMarked
package io.millrace.api.catalog;

import org.jspecify.annotations.NullMarked;
