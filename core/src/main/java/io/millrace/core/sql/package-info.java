/**
 * What the control plane knows of SQL: the result of an analysis and the port to the process that makes one.
 * The control plane never parses SQL itself; the gateway does, with the planner that will run the script.
 */
@NullMarked
package io.millrace.core.sql;

import org.jspecify.annotations.NullMarked;
