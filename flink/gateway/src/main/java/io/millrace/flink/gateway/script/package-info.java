/** Text to statements: tokens, splitting and places, without a parser. Pure. */
@NullMarked
package io.millrace.flink.gateway.script;

import org.jspecify.annotations.NullMarked;
