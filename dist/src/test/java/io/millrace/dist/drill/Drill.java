package io.millrace.dist.drill;

/** One fault that real processes have to survive, and what must hold all the same. Stateless: each run has a trial. */
interface Drill {
    /** As in docs/reliability.md, such as F01. */
    String id();

    /** What happens, in one sentence. */
    String title();

    /** How the drill is shown to be able to fail. */
    Control control();

    /**
     * Injects the fault and checks. Jobs, tables and topics have names that begin with the id, and are removed.
     *
     * @throws AssertionError when something that must hold did not
     */
    void run(Trial trial) throws Exception;

    /**
     * What a drill protects from, done on purpose: the drill must then fail and say so.
     *
     * @param breaks what is done behind the product's back
     * @param finding a part of what the drill must then say
     */
    record Control(String breaks, String finding) {}
}
