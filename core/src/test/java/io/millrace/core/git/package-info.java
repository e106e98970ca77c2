@NullMarked
package io.millrace.core.git;

import org.jspecify.annotations.NullMarked;
