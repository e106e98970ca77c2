/** What runs only while the distribution is put together; never in an installed one. */
@NullMarked
package io.millrace.dist.assembly;

import org.jspecify.annotations.NullMarked;
