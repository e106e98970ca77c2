/**
 * A small HTTP client of Millrace's API: {@link io.millrace.api.client.MillraceClient} for the public one, and
 * {@link io.millrace.api.client.Rest} below it for the private ones. Blocking, safe for use by several threads.
 */
@NullMarked
package io.millrace.api.client;

import org.jspecify.annotations.NullMarked;
