@NullMarked
package io.millrace.server.flinkclient;

import org.jspecify.annotations.NullMarked;
