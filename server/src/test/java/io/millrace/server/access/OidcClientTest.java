package io.millrace.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

class OidcClientTest {
    private static final Map<String, String> WORKING = Map.of(
            "issuer", "https://Login.example.com/realms/main",
            "client-id", "millrace",
            "redirect-uri", "https://millrace.example.com/sign-in");

    @Test
    void isNotThereWithoutAnIssuer() {
        assertThat(client(Map.of("client-id", "millrace"))).isEmpty();
    }

    @Test
    void takesWhatIsSetAndDefaults() {
        OidcClient client = client(WORKING).orElseThrow();

        assertThat(client.name()).isEqualTo("Login.example.com");
        assertThat(client.scopes()).containsExactly("openid", "profile");
        assertThat(client.secret()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "issuer, http://login.example.com",
        "issuer, https://login.example.com?x=y",
        "issuer, https://me@login.example.com",
        "issuer, login.example.com",
        "redirect-uri, https://millrace.example.com/",
        "redirect-uri, http://millrace.example.com/sign-in",
        "redirect-uri, https://millrace.example.com/sign-in?next=/",
        "client-secret-file, /does/not/exist",
        "required-claim, groups",
        "required-value, streams"
    })
    void refusesWhatCannotWorkByItsName(String setting, String value) {
        Map<String, String> settings = new HashMap<>(WORKING);
        settings.put(setting, value);

        assertThatThrownBy(() -> client(settings)).hasMessageContaining("millrace.access.oidc." + setting);
    }

    @ParameterizedTest
    @ValueSource(strings = {"client-id", "redirect-uri"})
    void saysWhatIsMissing(String setting) {
        Map<String, String> settings = new HashMap<>(WORKING);
        settings.remove(setting);

        assertThatThrownBy(() -> client(settings)).hasMessageContaining("millrace.access.oidc." + setting);
    }

    @ParameterizedTest
    @CsvSource({
        "https://login.example.com/token, true",
        "https://LOGIN.example.com:8443/token, true",
        "https://keys.example.net/, true",
        "http://login.example.com/token, false",
        "https://login.example.com.evil.net/token, false",
        "https://login.example.com@evil.net/token, false",
        "https://x@login.example.com/token, false",
        "https://169.254.169.254/latest, false",
        "file:///etc/passwd, false",
        "javascript:alert(1), false"
    })
    void ownsItsIssuersHostsOnly(URI endpoint, boolean own) {
        Map<String, String> settings = new HashMap<>(WORKING);
        settings.put("hosts", "Keys.example.net");

        assertThat(client(settings).orElseThrow().owns(endpoint)).isEqualTo(own);
    }

    private static Optional<OidcClient> client(Map<String, String> settings) {
        Map<String, String> named = new HashMap<>();
        settings.forEach((name, value) -> named.put("millrace.access.oidc." + name, value));
        AccessConfig config = new SmallRyeConfigBuilder()
                .withMapping(AccessConfig.class)
                .withSources(new PropertiesConfigSource(named, "test", 100))
                .addDiscoveredConverters()
                .build()
                .getConfigMapping(AccessConfig.class);
        return OidcClient.of(config.oidc());
    }
}
