package io.millrace.core.catalog;

/** Who sets an option of a table. What no descriptor lists, nobody may set. */
public enum OptionCategory {
    /** Filled in from the connection or fixed by the descriptor; users neither see nor set it. */
    PLATFORM,
    /** A value is given; users may override it. */
    DEFAULT,
    /** Users must set it. */
    REQUIRED,
    /** Users may set it; left to the connector otherwise. */
    ALLOWED
}
