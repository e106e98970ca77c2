package io.millrace.server.access;

import static io.millrace.server.access.OidcBrowser.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.server.http.OpenApiExchanges;
import io.millrace.server.http.ServerStack;
import io.millrace.testkit.TestOidcProvider;
import io.millrace.testkit.TestOidcProvider.Fault;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The whole way of a browser into the console by an OpenID provider, and all that can go wrong on it. */
@QuarkusTest
@QuarkusTestResource(ServerStack.class)
@QuarkusTestResource(
        value = OidcStack.class,
        initArgs = @ResourceArg(name = OidcStack.CREATE_USERS, value = "true"),
        restrictToAnnotatedClass = true)
class OidcHttpIT {
    private final OpenApiExchanges admin = new OpenApiExchanges();
    private final TestOidcProvider provider = OidcStack.provider();
    private final OidcBrowser browser = new OidcBrowser();
    private final String login = "Ann-" + UUID.randomUUID().toString().substring(0, 8);
    private final String name = login.toLowerCase(Locale.ROOT);
    private final String subject = UUID.randomUUID().toString();

    @Inject
    Jdbi jdbi;

    @BeforeEach
    void known() {
        provider.person(login, subject, claims(login));
    }

    @AfterEach
    void behave() {
        provider.misbehave(Fault.NONE);
    }

    @Test
    void letsInWhoTheProviderNamesAndSignsOut() {
        assertThat(json(browser.call("GET", "/session/ways", null)).at("/oidc").textValue())
                .isEqualTo("Test & Co");

        HttpResponse<String> signedIn = browser.signIn(login);

        assertThat(signedIn.statusCode()).as(signedIn.body()).isEqualTo(201);
        JsonNode session = json(browser.call("GET", "/session", null));
        assertThat(session.at("/user/name").textValue()).isEqualTo(name);
        assertThat(session.at("/user/admin").booleanValue()).isFalse();
        assertThat(session.at("/user/oidcIssuer").textValue())
                .isEqualTo(provider.issuer().toString());
        assertThat(session.at("/user/oidcSubject").textValue()).isEqualTo(subject);
        JsonNode written =
                json(admin.get("/activity?action=session.signIn&by=" + name)).at("/items/0");
        assertThat(written.at("/outcome").textValue()).isEqualTo("OK");
        Map<String, String> before = Map.copyOf(browser.cookies());
        assertThat(browser.call("DELETE", "/session", null).statusCode()).isEqualTo(204);
        browser.cookies().putAll(before);
        assertThat(browser.call("GET", "/session", null).statusCode()).isEqualTo(401);
    }

    @Test
    void asksTheProviderForNoMoreThanItMust() {
        Map<String, String> first = OidcBrowser.query(URI.create(browser.begin()));
        Map<String, String> second = OidcBrowser.query(URI.create(browser.begin()));

        assertThat(first)
                .containsEntry("response_type", "code")
                .containsEntry("code_challenge_method", "S256")
                .containsEntry("scope", "openid profile")
                .containsEntry("redirect_uri", OpenApiExchanges.base() + "/sign-in");
        for (String fresh : List.of("state", "nonce", "code_challenge")) {
            assertThat(first.get(fresh)).hasSizeGreaterThanOrEqualTo(43).isNotEqualTo(second.get(fresh));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "NO_NONCE, (nonce)",
        "OTHER_NONCE, (nonce)",
        "OTHER_AUDIENCE, aud claim",
        "AUDIENCES_WITHOUT_PARTY, azp",
        "OTHER_PARTY, azp",
        "OTHER_ISSUER, iss claim",
        "EXPIRED, Expired",
        "NO_EXPIRY, missing required claims: [exp]",
        "ISSUED_LATER, iat",
        "ISSUED_LONG_AGO, iat",
        "NO_SUBJECT, missing required claims: [sub]",
        "NO_ID_TOKEN, there is none",
        "UNSIGNED, plain",
        "SYMMETRIC, Another algorithm expected",
        "FORGED, Invalid signature",
        "CHANGED, Invalid signature",
        "UNKNOWN_KEY, key"
    })
    void refusesAnIdTokenThat(Fault fault, String reason) {
        provider.misbehave(fault);

        HttpResponse<String> refused = browser.signIn(login);

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(401);
        assertThat(refused.body()).contains("NOT_SIGNED_IN");
        assertThat(json(refused).at("/detail").textValue())
                .startsWith("The id token of Test & Co is refused: ")
                .contains(reason);
        assertThat(browser.cookies()).doesNotContainKey("millrace_session");
        assertThat(admin.get("/users/" + name).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"REDIRECT", "FAILURE", "ENDLESS_ANSWER"})
    void saysThatTheProviderIsOfNoUseFor(Fault fault) {
        provider.misbehave(fault);

        HttpResponse<String> refused = browser.signIn(login);

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
        assertThat(refused.body())
                .contains("OIDC_UNAVAILABLE")
                .doesNotContain(provider.issuer().getAuthority());
    }

    @Test
    void anAnswerServesOnce() {
        String address = browser.begin();
        Map<String, String> answer = browser.visit(address, login);
        Map<String, String> cookies = Map.copyOf(browser.cookies());
        assertThat(browser.comeBack(answer).statusCode()).isEqualTo(201);

        browser.cookies().putAll(cookies);
        HttpResponse<String> replayed = browser.comeBack(answer);
        assertThat(replayed.statusCode()).isEqualTo(401);
        assertThat(replayed.body()).contains("did not begin in this browser");
        Map<String, String> fresh = browser.visit(address, login);
        assertThat(browser.comeBack(fresh).statusCode())
                .as("a new code, the old state")
                .isEqualTo(401);
    }

    @Test
    void aCodeServesOnce() {
        Map<String, String> used = browser.visit(browser.begin(), login);
        assertThat(browser.comeBack(used).statusCode()).isEqualTo(201);

        Map<String, String> next = browser.visit(browser.begin(), login);
        next.put("code", used.get("code"));

        HttpResponse<String> refused = browser.comeBack(next);
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).contains("does not take the code: invalid_grant");
    }

    @Test
    void theCodeOfAnotherSignInFailsByItsChallenge() {
        OidcBrowser other = new OidcBrowser();
        Map<String, String> stolen = other.visit(other.begin(), login);

        Map<String, String> own = browser.visit(browser.begin(), login);
        own.put("code", stolen.get("code"));

        assertThat(browser.comeBack(own).body()).contains("invalid_grant");
    }

    @Test
    void anAnswerIsForTheBrowserThatBegan() {
        Map<String, String> answer = browser.visit(browser.begin(), login);
        OidcBrowser stranger = new OidcBrowser();
        OidcBrowser another = new OidcBrowser();
        another.begin();

        assertThat(stranger.comeBack(answer).statusCode()).isEqualTo(401);
        assertThat(another.comeBack(answer).body()).contains("did not begin in this browser");
        assertThat(browser.comeBack(answer).statusCode())
                .as("the one that began")
                .isEqualTo(201);
    }

    @Test
    void anAnswerComesInTime() {
        Map<String, String> answer = browser.visit(browser.begin(), login);
        jdbi.useHandle(handle -> handle.execute("UPDATE oidc_attempt SET expires_at = now()"));

        assertThat(browser.comeBack(answer).statusCode()).isEqualTo(401);
    }

    @Test
    void saysWhatTheProviderSays() {
        assertThat(browser.signIn("nobody-knows").body()).contains("did not sign you in: access_denied.");
        Map<String, String> answer = browser.visit(browser.begin(), login);
        answer.remove("code");
        answer.put("error", "<script>");
        assertThat(browser.comeBack(answer).body())
                .contains("did not sign you in.")
                .doesNotContain("script");
    }

    @Test
    void whoIsRenamedStaysTheSameAndANameThatIsGivenAgainIsNobodyElse() {
        assertThat(browser.signIn(login).statusCode()).isEqualTo(201);
        provider.person("married", subject, claims("another-name"));
        assertThat(json(browser.signIn("married")).at("/user/name").textValue()).isEqualTo(name);

        provider.person("successor", UUID.randomUUID().toString(), claims(login));
        HttpResponse<String> refused = new OidcBrowser().signIn("successor");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body())
                .contains("SIGN_IN_REFUSED", "There is a user '" + name + "' who is not linked to you");
    }

    @Test
    void aLocalUserIsLinkedByAnAdministratorOnly() {
        create(name);
        HttpResponse<String> refused = browser.signIn(login);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("millrace access users alter " + name + " --oidc-subject", subject);

        assertThat(alter(name, subject).statusCode()).isEqualTo(200);
        assertThat(json(browser.signIn(login)).at("/user/name").textValue()).isEqualTo(name);

        create(name + "-2");
        assertThat(alter(name + "-2", subject).body()).contains("IDENTITY_TAKEN", "/oidcSubject");
        assertThat(alter(name, "").statusCode()).isEqualTo(200);
        assertThat(browser.call("GET", "/session", null).statusCode())
                .as("its sessions end with the link")
                .isEqualTo(401);
        assertThat(browser.signIn(login).statusCode()).isEqualTo(403);
        assertThat(alter(name + "-2", subject).statusCode()).isEqualTo(200);
        assertThat(json(browser.signIn(login)).at("/user/name").textValue()).isEqualTo(name + "-2");
        assertThat(alter(name + "-2", subject).statusCode()).isEqualTo(200);
        assertThat(browser.call("GET", "/session", null).statusCode())
                .as("nothing changed")
                .isEqualTo(200);
    }

    @Test
    void onlyUsersAreLinked() {
        admin.send("POST", "/users", "{\"name\":\"" + name + "\",\"kind\":\"SERVICE\"}");
        assertThat(alter(name, subject).body()).contains("PRINCIPAL_INVALID", "/oidcSubject");
        admin.withWrongRequest();
        assertThat(alter(name, "x".repeat(256)).body()).contains("PRINCIPAL_INVALID", "/oidcSubject");
    }

    @Test
    void whoIsDisabledStaysOut() {
        assertThat(browser.signIn(login).statusCode()).isEqualTo(201);
        admin.send("PATCH", "/users/" + name, "{\"disabled\":true}", "If-Match", "*");

        assertThat(browser.call("GET", "/session", null).statusCode()).isEqualTo(401);
        HttpResponse<String> refused = browser.signIn(login);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("SIGN_IN_REFUSED", "disabled");
        JsonNode written = json(admin.get("/activity?action=session.signIn&failed=true"));
        assertThat(written.at("/items/0/outcome").textValue()).isEqualTo("SIGN_IN_REFUSED");
    }

    @Test
    void onlyWhoIsInTheGroupGetsIn() {
        for (Object groups : new Object[] {List.of("others"), "others", List.of(), 7, "streams-too"}) {
            Map<String, Object> claims = claims(login);
            claims.put("groups", groups);
            provider.person(login, subject, claims);
            HttpResponse<String> refused = browser.signIn(login);
            assertThat(refused.statusCode()).as("%s", groups).isEqualTo(403);
            assertThat(refused.body()).contains("SIGN_IN_REFUSED", "'streams' in 'groups'");
        }
        assertThat(admin.get("/users/" + name).statusCode()).isEqualTo(404);
        Map<String, Object> claims = claims(login);
        claims.put("groups", "streams");
        provider.person(login, subject, claims);
        assertThat(browser.signIn(login).statusCode()).isEqualTo(201);
    }

    @Test
    void aNameThatCannotBeOneIsRefused() {
        for (Object odd : new Object[] {"Ann Other", "", "<img src=x>", 7.5, List.of("a"), Optional.empty()}) {
            Map<String, Object> claims = claims(login);
            claims.put("preferred_username", odd);
            claims.values().remove(Optional.empty());
            provider.person(login, subject, claims);
            assertThat(browser.signIn(login).body()).as("%s", odd).contains("SIGN_IN_REFUSED", "name-claim");
        }
    }

    @Test
    void neitherSecretsNorCodesAreWrittenDown() {
        Map<String, String> answer = browser.visit(browser.begin(), login);
        browser.comeBack(answer);

        assertThat(admin.get("/activity?pageSize=1000").body()).doesNotContain(answer.get("code"), answer.get("state"));
    }

    private HttpResponse<String> alter(String user, String linked) {
        return admin.send("PATCH", "/users/" + user, "{\"oidcSubject\":\"" + linked + "\"}", "If-Match", "*");
    }

    private void create(String user) {
        assertThat(admin.send("POST", "/users", "{\"name\":\"" + user + "\"}").statusCode())
                .isEqualTo(201);
    }

    private static Map<String, Object> claims(String username) {
        return new HashMap<>(Map.of("preferred_username", username, "groups", List.of("others", "streams")));
    }
}
