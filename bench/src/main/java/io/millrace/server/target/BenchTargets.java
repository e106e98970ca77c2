package io.millrace.server.target;

import io.millrace.core.target.JobSubmitter;
import io.millrace.core.target.Submission;
import io.millrace.core.target.SubmitAnswer;
import io.millrace.core.target.TargetName;
import io.millrace.core.target.Trial;
import io.millrace.server.secret.Redactor;

import java.net.URI;
import java.util.Optional;

/** Clusters as the server sees them, at addresses of a benchmark's own. */
public final class BenchTargets {
    private static final URI FILES = URI.create("file:///nonexistent");
    private static final JobSubmitter REFUSING = new JobSubmitter() {
        @Override
        public SubmitAnswer submit(Submission submission) {
            return new SubmitAnswer(SubmitAnswer.Verdict.REJECTED, "nothing is to be submitted");
        }

        @Override
        public SubmitAnswer prove(Trial trial) {
            return submit(trial.job());
        }
    };

    private BenchTargets() {}

    /** A cluster whose JobManager answers at {@code rest}. */
    public static Target at(TargetName name, URI rest) {
        var flink = new FlinkRest(rest);
        var exceptions = new FlinkExceptions(Redactor.byName());
        return new Target(
                name,
                "bench",
                new RestFlinkCluster(
                        flink, new FlinkFiles(FILES, FILES, Optional.empty(), FILES, exceptions), exceptions),
                new FlinkCheckpoints(flink, exceptions),
                REFUSING,
                new FlinkPages(rest),
                FILES.toString(),
                FILES.toString(),
                Optional.empty());
    }
}
