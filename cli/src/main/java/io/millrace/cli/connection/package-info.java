/** {@code millrace catalog connections}: how stores are reached. No secret is taken from, or shown on, a command line. */
@NullMarked
package io.millrace.cli.connection;

import org.jspecify.annotations.NullMarked;
