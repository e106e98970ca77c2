@NullMarked
package io.millrace.server.git;

import org.jspecify.annotations.NullMarked;
