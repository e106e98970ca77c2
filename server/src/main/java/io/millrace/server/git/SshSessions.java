package io.millrace.server.git;

import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.core.git.GitSource;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.SshSessionFactory;
import org.eclipse.jgit.transport.sshd.ServerKeyDatabase;
import org.eclipse.jgit.transport.sshd.SshdSessionFactoryBuilder;
import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** SSH with one key to one server whose key is known. */
final class SshSessions {
    private SshSessions() {}

    static SshSessionFactory of(GitSource source, Map<String, String> secrets, Path nothing, GitReach reach) {
        List<KeyPair> keys =
                keys(Optional.ofNullable(secrets.get(GitSource.KEY)).orElse(""));
        PublicKey known = known(source.hostKey().orElse(""));
        return new SshdSessionFactoryBuilder()
                .setHomeDirectory(nothing.toFile())
                .setSshDirectory(nothing.toFile())
                .setConfigStoreFactory((home, config, user) -> null)
                .setPreferredAuthentications("publickey")
                .setDefaultIdentities(folder -> List.of())
                .setDefaultKeysProvider(folder -> keys)
                .setServerKeyDatabase(
                        (home, ssh) -> new OneServer(source.address().host(), known, reach))
                .build(null);
    }

    private static List<KeyPair> keys(String text) {
        List<KeyPair> keys = new ArrayList<>();
        try {
            var bytes = new ByteArrayInputStream((text + "\n").getBytes(StandardCharsets.UTF_8));
            SecurityUtils.loadKeyPairIdentities(null, NamedResource.ofName("privateKey"), bytes, null)
                    .forEach(keys::add);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw unusable(e);
        }
        if (keys.isEmpty()) {
            throw unusable(null);
        }
        return keys;
    }

    private static MillraceException unusable(@Nullable Exception cause) {
        String why = "The private key cannot be used.";
        String hint = "Give a key without a passphrase, as `ssh-keygen -t ecdsa -N \"\"` makes one.";
        List<Flaw> flaws = List.of(Flaw.at("/secrets/" + GitSource.KEY, why, hint));
        // What the parser says may quote the key.
        return new MillraceException(
                ErrorCode.GIT_INVALID,
                why + (cause == null ? "" : " (" + cause.getClass().getSimpleName() + ")"),
                flaws);
    }

    private static PublicKey known(String hostKey) {
        try {
            return PublicKeyEntry.parsePublicKeyEntry(hostKey).resolvePublicKey(null, Map.of(), null);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            String why = "The key of the server cannot be used.";
            throw new MillraceException(
                    ErrorCode.GIT_INVALID,
                    why,
                    List.of(Flaw.at("/hostKey", why, "Give its type and its base64, as ssh-keyscan prints them.")));
        }
    }

    /** Knows one server by its key, and looks at its address before anything is proved to it. */
    private record OneServer(String host, PublicKey known, GitReach reach) implements ServerKeyDatabase {
        @Override
        public List<PublicKey> lookup(String address, InetSocketAddress remote, Configuration config) {
            return List.of(known);
        }

        @Override
        public boolean accept(
                String address,
                InetSocketAddress remote,
                PublicKey serverKey,
                Configuration config,
                CredentialsProvider provider) {
            reach.checkAddress(remote, host);
            return KeyUtils.compareKeys(known, serverKey);
        }
    }
}
