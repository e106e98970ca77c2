/** Sessions, statements, results and analyses of SQL text. */
@NullMarked
package io.millrace.api.sql;

import org.jspecify.annotations.NullMarked;
