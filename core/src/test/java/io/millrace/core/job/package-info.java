/** Contracts of the ports, their in-memory models, and the simulation of the protocol. */
@NullMarked
package io.millrace.core.job;

import org.jspecify.annotations.NullMarked;
