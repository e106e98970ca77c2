package io.millrace.server.access;

import io.millrace.core.access.Credential;
import io.millrace.core.access.CredentialStore;
import io.millrace.core.access.Principal;
import io.millrace.core.access.PrincipalName;
import io.millrace.core.access.PrincipalStore;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** How the first user comes to be: there is no default password, so something else has to prove who may. */
final class Setup {
    /** Whose stack a local one is. */
    private static final String LOCAL = "local";

    private static final Logger LOG = LoggerFactory.getLogger(Setup.class);
    private static final Set<PosixFilePermission> OF_OTHERS = PosixFilePermissions.fromString("---rwxrwx");
    private static final String LOCAL_TOKEN = "local stack";

    private final PrincipalStore principals;
    private final CredentialStore credentials;
    private final UserService users;
    private final Jdbi jdbi;
    private final Clock clock;
    private volatile @Nullable Path trusted;

    Setup(PrincipalStore principals, CredentialStore credentials, UserService users, Jdbi jdbi, Clock clock) {
        this.principals = principals;
        this.credentials = credentials;
        this.users = users;
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** Prints a token with which the first user can be made, as long as there is none. */
    void announce() {
        if (principals.any()) {
            return;
        }
        String token = BearerSecret.random();
        jdbi.useHandle(handle -> handle.createUpdate("INSERT INTO setup_token (hash, created_at) VALUES (:hash, :at)")
                .bind("hash", BearerSecret.hash(token))
                .bind("at", clock.instant().atOffset(ZoneOffset.UTC))
                .execute());
        LOG.warn(
                "This server has no users yet. Make the first one, an administrator, with `millrace access"
                        + " setup --server URL`; it asks for this one-time token: {}",
                token);
    }

    /** Makes the first user. Answers as if there were no such call once there is one. */
    Principal run(String token, PrincipalName name, String password) {
        if (principals.any()) {
            throw new MillraceException(ErrorCode.NOT_FOUND, "There is nothing at /api/v1/setup.");
        }
        boolean known = jdbi.withHandle(
                handle -> handle.createQuery("SELECT EXISTS (SELECT 1 FROM setup_token WHERE hash = :hash)")
                        .bind("hash", BearerSecret.hash(token))
                        .mapTo(Boolean.class)
                        .one());
        if (!known) {
            throw new MillraceException(
                    ErrorCode.NOT_SIGNED_IN,
                    "This is not the set-up token; the server's log has it, at its last start.");
        }
        return users.createFirst(name, Optional.of(password))
                .orElseThrow(() -> new MillraceException(ErrorCode.NOT_FOUND, "There is nothing at /api/v1/setup."));
    }

    /** The same again after the user's tokens were revoked: the stack's own processes have no other. */
    void trustAgain() {
        Path file = trusted;
        if (file != null) {
            trust(file);
        }
    }

    /** Lets the bearer of the file's token in as the user of a stack of one's own. */
    void trust(Path tokenFile) {
        trusted = tokenFile;
        PrincipalName name = new PrincipalName(LOCAL);
        users.createFirst(name, Optional.empty());
        Principal local = principals
                .find(name)
                .orElseThrow(() -> new IllegalStateException("millrace.access.local-token-file is for a stack of one's"
                        + " own, but this metastore has other users and no '" + name + "'; remove the setting"));
        byte[] hash = BearerSecret.hash(read(tokenFile));
        // Leaves it as it is when another server of this stack has made it: its bearers are calling.
        credentials.insert(hash, token(local));
        UUID current = credentials
                .prove(hash, Credential.Kind.TOKEN, clock.instant())
                .map(proof -> proof.credential().id())
                .orElseThrow(() -> new IllegalStateException("the user '" + name + "' is disabled"));
        credentials.list(local.id(), Credential.Kind.TOKEN).stream()
                .filter(token -> token.name().equals(LOCAL_TOKEN) && !token.id().equals(current))
                .forEach(token -> credentials.remove(local.id(), token.id()));
    }

    private Credential token(Principal local) {
        return new Credential(
                UUID.randomUUID(),
                local.id(),
                Credential.Kind.TOKEN,
                LOCAL_TOKEN,
                Set.of(),
                clock.instant(),
                Optional.empty(),
                Optional.empty());
    }

    /** Whoever can read the file is everybody. */
    private static void requirePrivate(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view != null && !Collections.disjoint(view.readAttributes().permissions(), OF_OTHERS)) {
            throw new IllegalStateException("millrace.access.local-token-file: others may read " + file
                    + "; allow it to its owner alone: chmod 600 " + file);
        }
    }

    private static String read(Path file) {
        try {
            requirePrivate(file);
            String token = Files.readString(file).strip();
            if (token.length() < 32) {
                throw new IllegalStateException(
                        "millrace.access.local-token-file: " + file + " holds fewer than 32 characters");
            }
            return token;
        } catch (IOException e) {
            throw new UncheckedIOException("millrace.access.local-token-file cannot be read: " + file, e);
        }
    }
}
