@NullMarked
package io.millrace.server.lineage;

import org.jspecify.annotations.NullMarked;
