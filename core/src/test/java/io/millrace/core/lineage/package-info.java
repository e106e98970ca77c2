@NullMarked
package io.millrace.core.lineage;

import org.jspecify.annotations.NullMarked;
