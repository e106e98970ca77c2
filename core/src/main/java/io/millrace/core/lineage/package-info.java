/**
 * What depends on what: the flows of columns into columns that jobs and views make, and walks along them. A flow is
 * kept as it was analysed; what was not understood is marked incomplete and never left out.
 */
@NullMarked
package io.millrace.core.lineage;

import org.jspecify.annotations.NullMarked;
