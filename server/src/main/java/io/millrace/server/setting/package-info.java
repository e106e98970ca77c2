/**
 * What a setting is: a method of a feature's config interface with a sentence, a type and a default, or required.
 *
 * <p>Names that nobody declared are refused at the start, with the nearest name that somebody did.
 */
@NullMarked
package io.millrace.server.setting;

import org.jspecify.annotations.NullMarked;
