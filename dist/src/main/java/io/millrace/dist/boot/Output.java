package io.millrace.dist.boot;

/** How a command prints its result. */
enum Output {
    /** For people. */
    text,
    /** For programs. */
    json
}
