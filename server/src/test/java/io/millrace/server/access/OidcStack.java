package io.millrace.server.access;

import io.millrace.testkit.TestOidcProvider;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Gives a {@code @QuarkusTest} an OpenID provider that knows it, and a port that the provider knows. */
public final class OidcStack implements QuarkusTestResourceLifecycleManager {
    /** What an init argument calls the switch. */
    static final String CREATE_USERS = "create-users";

    private static final String CLIENT = "millrace & co";
    private static final String SECRET = "s3cret:with/odd+characters";

    private static TestOidcProvider provider;

    private boolean createUsers;

    /** The provider of the test that runs. */
    static TestOidcProvider provider() {
        return provider;
    }

    @Override
    public void init(Map<String, String> arguments) {
        createUsers = Boolean.parseBoolean(arguments.get(CREATE_USERS));
    }

    @Override
    public Map<String, String> start() {
        provider = TestOidcProvider.start();
        int port = freePort();
        URI redirect = URI.create("http://127.0.0.1:" + port + "/sign-in");
        // One that creates users is confidential, the other one public.
        provider.client(CLIENT, createUsers ? Optional.of(SECRET) : Optional.empty(), redirect);
        Map<String, String> settings = new HashMap<>(Map.of(
                "quarkus.http.test-port",
                String.valueOf(port),
                "millrace.access.oidc.issuer",
                provider.issuer().toString(),
                "millrace.access.oidc.name",
                "Test & Co",
                "millrace.access.oidc.client-id",
                CLIENT,
                "millrace.access.oidc.redirect-uri",
                redirect.toString(),
                "millrace.access.oidc.create-users",
                String.valueOf(createUsers),
                "millrace.access.oidc.required-claim",
                "groups",
                "millrace.access.oidc.required-value",
                "streams"));
        if (createUsers) {
            settings.put("millrace.access.oidc.client-secret-file", secret().toString());
        }
        return settings;
    }

    @Override
    public void stop() {
        provider.close();
    }

    private static Path secret() {
        try {
            return Files.writeString(Files.createTempFile("millrace-oidc", ".secret"), SECRET + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
