/**
 * Makes the sample log of the traffic example.
 *
 * <p>Everything in it is invented: the site, its pages and its visitors, whose addresses come from the ranges that are
 * reserved for documentation. The same seed gives the same bytes.
 */
@NullMarked
package io.millrace.examples.traffic;

import org.jspecify.annotations.NullMarked;
