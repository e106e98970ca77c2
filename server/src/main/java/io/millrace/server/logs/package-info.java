/**
 * Logs: what the processes of a cluster wrote, kept for the attempts of jobs that it is about.
 *
 * <p>Threads of this feature's own copy what is new of each log into the metastore, in packed chunks that are about one
 * attempt each, or about the process itself. Nothing of it is on a disk of a server, so any server answers for all.
 */
@NullMarked
package io.millrace.server.logs;

import org.jspecify.annotations.NullMarked;
