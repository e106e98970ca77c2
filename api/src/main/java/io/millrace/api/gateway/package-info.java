/** What the server and its SQL gateways say to each other. Private: users never see it. */
@NullMarked
package io.millrace.api.gateway;

import org.jspecify.annotations.NullMarked;
