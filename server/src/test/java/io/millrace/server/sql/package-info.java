@NullMarked
package io.millrace.server.sql;

import org.jspecify.annotations.NullMarked;
