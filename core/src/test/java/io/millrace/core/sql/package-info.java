@NullMarked
package io.millrace.core.sql;

import org.jspecify.annotations.NullMarked;
