package io.millrace.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.JWTClaimsSet;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.millrace.server.access.OidcAttempts.Attempt;
import io.millrace.testkit.TestOidcProvider;
import io.millrace.testkit.TestOidcProvider.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How a provider is found, its keys, and one that does not answer. */
class OidcProviderIT {
    private static final URI BACK = URI.create("http://127.0.0.1:9/sign-in");

    private final TestOidcProvider real = TestOidcProvider.start();
    private final OidcProvider provider = provider(real.issuer(), Duration.ofSeconds(10));

    OidcProviderIT() {
        real.client("console", Optional.empty(), BACK);
        real.person("ann", "1", Map.of());
    }

    @AfterEach
    void stop() {
        real.close();
    }

    @Test
    void findsAKeyThatIsNewAndFetchesThemOnceForThat() throws Exception {
        signIn();
        signIn();
        assertThat(real.keyRequests()).isEqualTo(1);

        real.rotateKey();

        assertThat(signIn().getSubject()).isEqualTo("1");
        signIn();
        assertThat(real.keyRequests()).isEqualTo(2);
    }

    @Test
    void looksForKeysThatNobodyKnowsOnlySoOften() throws Exception {
        signIn();
        real.misbehave(Fault.UNKNOWN_KEY);

        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(this::signIn)
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_SIGNED_IN))
                    .hasMessageContaining("key");
        }

        assertThat(real.keyRequests()).isEqualTo(2);
        real.misbehave(Fault.NONE);
        assertThat(signIn().getSubject()).as("keys that are known").isEqualTo("1");
    }

    @Test
    void doesNotBelieveAnotherIssuerOrGoToAnotherHost() {
        real.misbehave(Fault.OTHER_ISSUER_IN_DISCOVERY);
        assertUnavailable(provider);
        real.misbehave(Fault.FOREIGN_ENDPOINT);
        assertUnavailable(provider);
        real.misbehave(Fault.NONE);
        assertThat(provider.address(Attempt.random())).startsWith(real.issuer() + "/authorize?");
    }

    @Test
    void givesUpOnAProviderThatSaysNothing() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            assertUnavailable(
                    provider(URI.create("http://127.0.0.1:" + silent.getLocalPort()), Duration.ofMillis(200)));
        }
    }

    private JWTClaimsSet signIn() throws Exception {
        Attempt attempt = Attempt.random();
        HttpResponse<Void> sent = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(provider.address(attempt) + "&login=ann"))
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
        URI back = URI.create(sent.headers().firstValue("Location").orElseThrow());
        return provider.redeem(OidcBrowser.query(back).get("code"), attempt);
    }

    private static void assertUnavailable(OidcProvider provider) {
        assertThatThrownBy(() -> provider.address(Attempt.random()))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.OIDC_UNAVAILABLE));
    }

    private static OidcProvider provider(URI issuer, Duration limit) {
        OidcClient client = new OidcClient(
                issuer, "Test", "console", Optional.empty(), BACK, Set.of("openid"), Set.of(issuer.getHost()));
        return new OidcProvider(client, new OidcHttp(client, limit), Clock.systemUTC());
    }
}
