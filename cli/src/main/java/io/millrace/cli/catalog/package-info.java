/** {@code millrace catalog}: the catalogs, their tables, and where those come from. */
@NullMarked
package io.millrace.cli.catalog;

import org.jspecify.annotations.NullMarked;
