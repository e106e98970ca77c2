/**
 * The server as Flink's own clients see it: the REST shape of the stock SQL gateway, in front of the use cases of
 * {@code sql}. Nothing is passed on to Flink as it came: each call becomes one that the console and the command line make
 * too, so sessions belong to who opened them and every statement and setting meets the same policy. What Flink's
 * gateway does besides (scripts, materialized tables, workflows) is refused.
 *
 * <p>See {@code docs/decisions/0014-flinks-clients-are-translated.md}.
 */
@NullMarked
package io.millrace.server.flinkclient;

import org.jspecify.annotations.NullMarked;
