package io.millrace.dist.parts;

import static java.util.Objects.requireNonNull;

import io.millrace.dist.process.Command;
import io.millrace.dist.stack.Part;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** The one TaskManager of the local Flink session cluster. */
final class TaskManagerPart implements Part {
    static final String NAME = "taskmanager";

    private final Site site;
    private final AtomicInteger starts = new AtomicInteger();

    TaskManagerPart(Site site) {
        this.site = requireNonNull(site, "site");
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<String> needs() {
        return Set.of(JobManagerPart.NAME);
    }

    /** A JobManager that sees its TaskManager go first would fail its jobs and record that as their end. */
    @Override
    public Set<String> outlives() {
        return Set.of(JobManagerPart.NAME);
    }

    @Override
    public void prepare() throws IOException {
        List<String> options = FlinkJvm.options(
                640, site, NAME, FlinkConf.CLUSTER, site.distribution().flink());
        // A job that takes too much memory fails for that reason. Ended with the process, it and all others would have
        // lost their TaskManager, over and over.
        site.write(
                NAME,
                "jvm.args",
                options.stream().filter(option -> !option.equals(Jvm.EXIT)).toList());
    }

    /** Each start has a name of its own: the JobManager remembers the last one until its heartbeat times out. */
    @Override
    public Command command() {
        starts.incrementAndGet();
        return site.command(
                NAME,
                List.of(
                        Jvm.program(),
                        "@" + site.home().conf(NAME).resolve("jvm.args"),
                        "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
                        "--configDir",
                        site.home().conf(FlinkConf.CLUSTER).toString(),
                        "-Dtaskmanager.resource-id=" + id()),
                FlinkJvm.environment(site, FlinkConf.CLUSTER));
    }

    /** By the list: a question for one that is not there yet is an exception in the JobManager's log. */
    @Override
    public boolean answers() {
        return Probe.http(site.ports().jobmanager(), "/taskmanagers", "\"id\":\"" + id() + '"');
    }

    private String id() {
        return "local-" + starts.get();
    }
}
