/** Connections: how stores are reached. Secrets go in and never come out. */
@NullMarked
package io.millrace.api.connection;

import org.jspecify.annotations.NullMarked;
