/**
 * {@code millrace sql}: statements at a prompt, from a file or from the command line, and their results as table, JSON
 * or CSV.
 */
@NullMarked
package io.millrace.cli.sql;

import org.jspecify.annotations.NullMarked;
