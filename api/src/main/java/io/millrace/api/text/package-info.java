/** What people write, and how near it is to what they meant. */
@NullMarked
package io.millrace.api.text;

import org.jspecify.annotations.NullMarked;
