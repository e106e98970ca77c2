@NullMarked
package io.millrace.core.catalog;

import org.jspecify.annotations.NullMarked;
