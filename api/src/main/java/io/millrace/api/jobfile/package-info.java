/**
 * Job files: a front matter of settings, then Flink SQL. The command line reads them from disks, the server from Git; so
 * the same text is the same job.
 */
@NullMarked
package io.millrace.api.jobfile;

import org.jspecify.annotations.NullMarked;
