package io.millrace.server.job;

import io.millrace.core.target.Overview;
import io.millrace.core.target.TargetName;

/** Is told of each look at a cluster whose jobs this server looks after. */
public interface ClusterWatch {
    /** Returns at once. */
    void saw(TargetName target, Overview overview);
}
