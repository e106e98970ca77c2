/**
 * Bundles: what is known of a failed attempt, saved while its cluster still knows it.
 *
 * <p>The wish for a bundle is in the row of the failure, written in the transaction that records the failure. Threads
 * of this feature's own save it, so that no cluster that hangs keeps a job waiting; what a server that dies began, the
 * next one does again.
 */
@NullMarked
package io.millrace.server.bundle;

import org.jspecify.annotations.NullMarked;
