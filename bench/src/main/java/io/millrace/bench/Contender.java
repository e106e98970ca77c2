package io.millrace.bench;

/** One way to start the INSERT that is measured. */
interface Contender extends AutoCloseable {
    String name();

    /** Asks for the job, by one call, and returns as soon as the call is answered. */
    void start();

    /** Ends the job and returns when it is gone, ready for the next start. */
    void stop();

    @Override
    void close();
}
