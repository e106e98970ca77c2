/** Tests of clusters. */
@NullMarked
package io.millrace.server.target;

import org.jspecify.annotations.NullMarked;
