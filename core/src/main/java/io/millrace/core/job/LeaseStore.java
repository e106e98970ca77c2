package io.millrace.core.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Who looks after jobs. */
public interface LeaseStore {
    /** Takes the lease, whoever has it: what the former holder writes from now on is refused. */
    Lease takeOver(String holder, Instant now);

    /** Takes the lease if its holder has said nothing for {@code silence}. */
    Optional<Lease> takeOverSilent(String holder, Instant now, Duration silence);

    /** The holder is alive; false when it is the holder no more. */
    boolean renew(Lease lease, Instant now);
}
