/**
 * SQL at the prompt: sessions, statements and results, and analyses of scripts. A session here stands for one in the
 * gateway, whose id users never see. It holds temporary objects and settings and nothing that matters: when either
 * process restarts, clients open a new one.
 */
@NullMarked
package io.millrace.server.sql;

import org.jspecify.annotations.NullMarked;
