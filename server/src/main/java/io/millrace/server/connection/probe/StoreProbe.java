package io.millrace.server.connection.probe;

/** How one kind of store is tried. Runs in the process that is made for one test. */
@FunctionalInterface
interface StoreProbe {
    /** Runs the stages in their order, each once. */
    void run(Probed probed, Stages stages) throws Stages.FailedException;
}
