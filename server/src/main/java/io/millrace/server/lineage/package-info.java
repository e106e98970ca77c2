/**
 * What depends on what: keeps the flows of columns that the gateway found in jobs and views, walks along them, says who
 * reads what somebody is about to take away, and tells OpenLineage receivers about runs.
 */
@NullMarked
package io.millrace.server.lineage;

import org.jspecify.annotations.NullMarked;
