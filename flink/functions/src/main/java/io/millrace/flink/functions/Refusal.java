package io.millrace.flink.functions;

/** Why a line is not an entry of an access log. A closed set, so that a table can count lines by it. */
enum Refusal {
    EMPTY("the line is empty"),
    CONTROL_CHARACTER("the line contains a NUL character"),
    NO_CLIENT("the line does not begin with a client address, two more fields and a time in brackets"),
    BAD_TIME("the time is not of the form [17/May/2015:10:05:03 +0000]"),
    NO_REQUEST("there is no quoted request with a status after the time"),
    BAD_REQUEST("the request is not of the form METHOD TARGET HTTP/VERSION"),
    BAD_STATUS("the status is not a number of three digits"),
    BAD_SIZE("the number of bytes is neither a number nor -"),
    NO_REFERRER("there is no quoted referrer after the number of bytes"),
    NO_USER_AGENT("there is no quoted user agent that ends the line after the referrer");

    private final String reason;

    Refusal(String reason) {
        this.reason = reason;
    }

    /** The sentence for people. */
    String reason() {
        return reason;
    }
}
