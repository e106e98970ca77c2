package io.millrace.server.workspace;

import io.millrace.server.access.Guard;
import io.millrace.server.access.MemberService;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.jdbi.v3.core.Jdbi;

import java.time.Clock;

/** Builds this feature's objects. */
@Singleton
final class WorkspaceWiring {
    @Produces
    @Singleton
    WorkspaceService service(Jdbi jdbi, MemberService members, Guard guard, Clock clock) {
        return new WorkspaceService(new SqlWorkspaceStore(jdbi), members, guard, clock);
    }

    @Produces
    @Singleton
    WorkspaceSecurables securables(WorkspaceService service) {
        return new WorkspaceSecurables(service);
    }
}
