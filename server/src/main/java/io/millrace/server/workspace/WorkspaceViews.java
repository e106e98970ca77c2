package io.millrace.server.workspace;

import io.millrace.api.access.GranteeKind;
import io.millrace.api.access.GranteeView;
import io.millrace.api.workspace.MemberView;
import io.millrace.api.workspace.WorkspaceRole;
import io.millrace.api.workspace.WorkspaceView;
import io.millrace.core.access.Grantee;
import io.millrace.core.access.Member;
import io.millrace.core.access.Role;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.core.workspace.Workspace;
import io.millrace.core.workspace.WorkspaceName;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;

/** Between the wire and the domain. */
final class WorkspaceViews {
    private static final int LONGEST_COMMENT = 1000;

    private WorkspaceViews() {}

    static WorkspaceView of(Workspace workspace) {
        return new WorkspaceView(
                workspace.name().value(),
                workspace.comment(),
                workspace.version(),
                workspace.createdBy(),
                workspace.createdAt());
    }

    static MemberView of(Member member) {
        return new MemberView(
                new GranteeView(
                        GranteeKind.valueOf(member.who().kind().name()),
                        member.who().name()),
                WorkspaceRole.valueOf(member.role().name()),
                member.by(),
                member.at());
    }

    static <T> T body(@Nullable T body) {
        if (body == null) {
            throw new MillraceException(
                    ErrorCode.REQUEST_INVALID, "This call takes a body; see the API's description.");
        }
        return body;
    }

    static WorkspaceName name(@Nullable String name) {
        if (name == null) {
            throw invalid("/name", "A workspace needs a name.", "payments");
        }
        return new WorkspaceName(name);
    }

    static String comment(@Nullable String comment) {
        if (comment != null && comment.length() > LONGEST_COMMENT) {
            throw invalid("/comment", "A comment has at most " + LONGEST_COMMENT + " characters.", "Shorten it.");
        }
        return comment == null ? "" : comment;
    }

    static Role role(@Nullable WorkspaceRole role) {
        if (role == null) {
            throw invalid("/role", "Say which role.", "One of: " + Arrays.toString(Role.values()));
        }
        return Role.valueOf(role.name());
    }

    /** From the part of a path, such as {@code users}. */
    static Grantee.Kind kind(String plural) {
        return switch (plural) {
            case "users" -> Grantee.Kind.USER;
            case "groups" -> Grantee.Kind.GROUP;
            default ->
                throw new MillraceException(
                        ErrorCode.NOT_FOUND, "There are no members '" + plural + "', only users and groups.");
        };
    }

    private static MillraceException invalid(String pointer, String message, String hint) {
        return new MillraceException(ErrorCode.WORKSPACE_INVALID, message, List.of(Flaw.at(pointer, message, hint)));
    }
}
