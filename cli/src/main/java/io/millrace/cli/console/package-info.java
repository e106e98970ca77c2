/** What all commands share towards people: the screen, tables, progress, failures and the address of the server. */
@NullMarked
package io.millrace.cli.console;

import org.jspecify.annotations.NullMarked;
