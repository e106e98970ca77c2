/** What depends on what. */
@NullMarked
package io.millrace.cli.lineage;

import org.jspecify.annotations.NullMarked;
