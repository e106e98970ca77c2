package io.millrace.api.client;

import io.millrace.api.Page;
import io.millrace.api.access.ActivityView;
import io.millrace.api.access.MadeToken;
import io.millrace.api.access.NewPassword;
import io.millrace.api.access.NewSetup;
import io.millrace.api.access.NewToken;
import io.millrace.api.access.NewUser;
import io.millrace.api.access.SessionView;
import io.millrace.api.access.SignInLink;
import io.millrace.api.access.TokenView;
import io.millrace.api.access.UserPatch;
import io.millrace.api.access.UserView;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/** Users, their tokens, and who did what. */
public final class AccessClient {
    private static final String USER = "/users/{}";
    private static final String IF_MATCH = "If-Match";

    /** People who name a user mean it as it is now. */
    private static final String WHATEVER_IS_THERE = "*";

    private final Rest rest;

    AccessClient(Rest rest) {
        this.rest = rest;
    }

    /** Who the caller is. */
    public SessionView session() {
        return rest.get("/session").as(SessionView.class);
    }

    /** What lets one browser in as the caller. */
    public SignInLink link() {
        return rest.post("/session/links").as(SignInLink.class);
    }

    /** Makes the first user of a server. */
    public UserView setup(NewSetup setup) {
        return rest.post("/setup").body(setup).as(UserView.class);
    }

    /** All users and service accounts, by name; those whose name or comment contains {@code text}, if it is given. */
    public List<UserView> users(@Nullable String text) {
        return Pages.all(token -> rest.get("/users")
                .query("q", text)
                .query("pageSize", Pages.LARGEST)
                .query("pageToken", token)
                .asPage(UserView.class));
    }

    public UserView create(NewUser user) {
        return rest.post("/users").body(user).as(UserView.class);
    }

    public UserView update(String name, UserPatch patch) {
        return rest.patch(USER, name)
                .header(IF_MATCH, WHATEVER_IS_THERE)
                .body(patch)
                .as(UserView.class);
    }

    public void delete(String name) {
        rest.delete(USER, name).header(IF_MATCH, WHATEVER_IS_THERE).send();
    }

    public void password(String name, NewPassword password) {
        rest.put(USER + "/password", name).body(password).send();
    }

    public List<TokenView> tokens(String user) {
        return Pages.all(token -> rest.get(USER + "/tokens", user).asPage(TokenView.class));
    }

    public MadeToken create(String user, NewToken token) {
        return rest.post(USER + "/tokens", user).body(token).as(MadeToken.class);
    }

    public void revoke(String user, String token) {
        rest.delete(USER + "/tokens/{}", user, token).send();
    }

    /** A page of what was done, newest first. */
    public Page<ActivityView> activity(ActivityQuery query, int pageSize, @Nullable String pageToken) {
        return rest.get("/activity")
                .query("by", query.by())
                .query("action", query.action())
                .query("object", query.object())
                .query("failed", query.failed())
                .query("since", query.since())
                .query("pageSize", pageSize)
                .query("pageToken", pageToken)
                .asPage(ActivityView.class);
    }

    /** Which activities are asked for; null means any. */
    public record ActivityQuery(
            @Nullable String by,
            @Nullable String action,
            @Nullable String object,
            boolean failed,
            @Nullable Instant since) {}
}
