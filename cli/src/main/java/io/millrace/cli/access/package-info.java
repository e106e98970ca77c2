/** The commands about users, their tokens, and who did what. */
@NullMarked
package io.millrace.cli.access;

import org.jspecify.annotations.NullMarked;
