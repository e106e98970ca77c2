/**
 * Catalogs, databases and tables: what a table is, which options it may have, and the port behind which registered
 * tables live. Options come in categories (platform, default, required, allowed) that connector descriptors declare;
 * what no descriptor lists is forbidden. Nothing here knows Flink, SQL or a network.
 */
@NullMarked
package io.millrace.core.catalog;

import org.jspecify.annotations.NullMarked;
