package io.millrace.cli;

/** What {@code millrace} tells the shell. Numbers are contract and documented in {@code docs/reference/exit-codes.md}. */
public enum ExitCode {
    /** The command did what it says. */
    OK(0),
    /** The operation was tried and failed, or was refused by the state of things. */
    FAILED(1),
    /** The command line or an input, such as a script, is not valid. */
    USAGE(2),
    /** The stack is not running, or its server cannot be reached. */
    NOT_RUNNING(3),
    /** The machine lacks something: a JDK, disk space, a permission, a readable file. */
    ENVIRONMENT(4),
    /** A port cannot be had. */
    PORT(5),
    /** The job that the command waited for failed, or needs a decision. */
    JOB_FAILED(6),
    /** What the command waited for did not happen in time. */
    TIMED_OUT(7),
    /** Stopped by Ctrl-C. */
    INTERRUPTED(130);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
