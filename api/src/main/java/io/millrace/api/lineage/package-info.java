/** Wire records: what depends on what. */
@NullMarked
package io.millrace.api.lineage;

import org.jspecify.annotations.NullMarked;
