/** Clocks, seeded cases and real services for tests; knows no other module. */
@NullMarked
package io.millrace.testkit;

import org.jspecify.annotations.NullMarked;
