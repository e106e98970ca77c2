package io.millrace.core.target;

import static java.util.Objects.requireNonNull;

/** What kind of thing made a job fail, as far as it decides what follows. Names are contract: add, never rename. */
public enum FailureKind {
    /** What the job or its cluster is told cannot work, now or later. */
    CONFIGURATION("Correct the job or the connection that it uses, then start it again."),
    /** A store refuses whom the job signs in as. */
    ACCESS_DENIED("Correct the user, the password or the rights in the store, then start it again."),
    /** The snapshot that it went on from does not fit, or cannot be read. */
    STATE("Start it with --allow-non-restored-state, from another snapshot with --from, or with --empty."),
    /** A table, topic, file or database is not there. It may come. */
    MISSING("Create what is missing, or correct the name."),
    /** A store does not answer. It may come back. */
    UNREACHABLE("See whether the store runs and can be reached from the cluster."),
    /** A TaskManager had not enough memory of some kind. */
    OUT_OF_MEMORY(
            "Give TaskManagers more memory of the kind that the cause names (heap: taskmanager.memory.task.heap.size,"
                    + " metaspace: taskmanager.memory.jvm-metaspace.size, direct:"
                    + " taskmanager.memory.task.off-heap.size), or let the job keep less state."),
    /** A row or message cannot be processed. */
    DATA("Let the script cope with the data, or let the table's format skip what it cannot read, then start it again."),
    /** A process of the cluster went away: no fault of the job. */
    LOST_CLUSTER("See why processes of the cluster end."),
    /** The cluster has too few slots: no fault of the job. */
    NO_SLOTS("Stop other jobs, lower the parallelism, or give the cluster more TaskManagers."),
    /** Anything else, most of it in code that the job calls. */
    UNKNOWN("The full exception says more.");

    private final String remedy;

    FailureKind(String remedy) {
        this.remedy = requireNonNull(remedy, "remedy");
    }

    /** What people can do about it, in one sentence. */
    public String remedy() {
        return remedy;
    }
}
