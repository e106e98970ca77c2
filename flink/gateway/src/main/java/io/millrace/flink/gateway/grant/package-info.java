/** GRANT, DENY, REVOKE and SHOW GRANTS, which Flink's parser does not know: read here, carried out by the server. */
@NullMarked
package io.millrace.flink.gateway.grant;

import org.jspecify.annotations.NullMarked;
