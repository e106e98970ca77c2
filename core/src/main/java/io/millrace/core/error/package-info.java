/** Error codes and the one exception that carries them. */
@NullMarked
package io.millrace.core.error;

import org.jspecify.annotations.NullMarked;
