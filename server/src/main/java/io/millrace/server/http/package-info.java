/**
 * What every resource shares: problems, permissions, conditional requests, and the internal API's router.
 *
 * <p>The only place, with {@code boot}, that knows HTTP statuses and the container's request objects.
 */
@NullMarked
package io.millrace.server.http;

import org.jspecify.annotations.NullMarked;
