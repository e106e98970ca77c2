package io.millrace.core.job;

import java.time.Duration;
import java.time.Instant;

/** What a proof is sent with: the tag of our JobIDs, and how long it may take. */
record ProofTerms(int tag, Duration limit, Instant now) {}
