package io.millrace.core.job;

/** Another server took the lease over; whoever meets this stops acting at once. */
public final class LeaseLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LeaseLostException(Lease lease) {
        super("another server looks after jobs on " + lease.target() + "; epoch " + lease.epoch() + " has passed");
    }
}
