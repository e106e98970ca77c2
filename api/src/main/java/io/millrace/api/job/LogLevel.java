package io.millrace.api.job;

/** How serious an entry of a log is, the least serious first. */
public enum LogLevel {
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERROR,
    FATAL
}
