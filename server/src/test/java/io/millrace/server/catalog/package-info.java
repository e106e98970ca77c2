@NullMarked
package io.millrace.server.catalog;

import org.jspecify.annotations.NullMarked;
