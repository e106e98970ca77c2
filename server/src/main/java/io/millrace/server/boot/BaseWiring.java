package io.millrace.server.boot;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import java.time.Clock;

/** What every feature needs of the outside world. */
@Singleton
final class BaseWiring {
    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }
}
