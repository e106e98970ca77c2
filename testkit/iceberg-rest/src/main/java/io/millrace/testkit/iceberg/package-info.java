/** An Iceberg REST catalog server for tests. */
@NullMarked
package io.millrace.testkit.iceberg;

import org.jspecify.annotations.NullMarked;
