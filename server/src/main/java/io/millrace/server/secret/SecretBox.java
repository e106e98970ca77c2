package io.millrace.server.secret;

import io.millrace.core.connection.SecretInput;
import io.millrace.core.connection.SecretOrigin;
import io.millrace.core.connection.StoredSecret;
import io.millrace.server.secret.MasterKeys.MasterKey;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import javax.crypto.AEADBadTagException;

/** Seals and opens secrets, each for one owner and field. What goes wrong is SECRET_UNREADABLE and names key, variable or file. */
public final class SecretBox {
    private final KeySource source;
    private final References references;

    SecretBox(KeySource source, References references) {
        this.source = source;
        this.references = references;
    }

    /** A value is sealed with the current master key; a reference is kept as it is. */
    public StoredSecret seal(UUID owner, String field, SecretInput secret) {
        if (secret.origin() != SecretOrigin.VALUE) {
            return new StoredSecret(secret.origin(), secret.text(), Optional.empty());
        }
        MasterKey master = source.keys().current();
        String text = Envelope.seal(master, owned(owner, field), secret.text()).text();
        return new StoredSecret(SecretOrigin.VALUE, text, Optional.of(master.id()));
    }

    /** The value itself. Goes into no log, answer or exception. */
    public String open(UUID owner, String field, StoredSecret secret) {
        return switch (secret.origin()) {
            case ENV -> references.variable(secret.content());
            case FILE -> references.file(secret.content());
            case VALUE -> {
                MasterKey master = master(source.keys(), secret);
                try {
                    yield envelope(field, secret).open(master, owned(owner, field));
                } catch (AEADBadTagException e) {
                    throw wrongKey(field, master);
                }
            }
        };
    }

    /** The secrets under the current master key; empty if they are all under it already. */
    public Optional<Map<String, StoredSecret>> reseal(UUID owner, Map<String, StoredSecret> secrets) {
        MasterKeys keys = source.keys();
        MasterKey current = keys.current();
        Map<String, StoredSecret> next = new HashMap<>(secrets);
        boolean changed = false;
        for (Map.Entry<String, StoredSecret> each : secrets.entrySet()) {
            StoredSecret secret = each.getValue();
            if (secret.keyId().isPresent() && !secret.keyId().get().equals(current.id())) {
                next.put(each.getKey(), reseal(keys, owned(owner, each.getKey()), each.getKey(), secret));
                changed = true;
            }
        }
        return changed ? Optional.of(next) : Optional.empty();
    }

    /** The current master key's id. */
    public String currentKey() {
        return source.keys().current().id();
    }

    /** SECRET_UNREADABLE if there are master keys that must not be used; called at the start. */
    void check() {
        if (source.isThere()) {
            source.keys();
        }
    }

    /** What is wrong with the master keys for these secrets, for the log at the start; empty if nothing is. */
    public List<String> problems(Stream<StoredSecret> secrets) {
        Set<String> used = new TreeSet<>();
        secrets.flatMap(secret -> secret.keyId().stream()).forEach(used::add);
        if (used.isEmpty()) {
            return List.of();
        }
        MasterKeys keys = source.keys();
        return used.stream()
                .filter(id -> keys.find(id).isEmpty())
                .map(id -> "The master key '" + id
                        + "' is missing: secrets of connections are sealed with it and cannot be"
                        + " opened until it is back in millrace.secret.key-file.")
                .toList();
    }

    private static StoredSecret reseal(MasterKeys keys, String owner, String field, StoredSecret secret) {
        MasterKey old = master(keys, secret);
        MasterKey current = keys.current();
        try {
            String text = envelope(field, secret).rewrap(old, current, owner).text();
            return new StoredSecret(SecretOrigin.VALUE, text, Optional.of(current.id()));
        } catch (AEADBadTagException e) {
            throw wrongKey(field, old);
        }
    }

    private static Envelope envelope(String field, StoredSecret secret) {
        try {
            return Envelope.parse(secret.content());
        } catch (IllegalArgumentException e) {
            throw MasterKeys.unreadable("The sealed secret '" + field + "' is damaged; give it again.");
        }
    }

    private static MasterKey master(MasterKeys keys, StoredSecret secret) {
        String id = secret.keyId().orElseThrow();
        return keys.find(id)
                .orElseThrow(() -> MasterKeys.unreadable(
                        "The master key '" + id + "' is missing; put it back into millrace.secret.key-file."));
    }

    private static RuntimeException wrongKey(String field, MasterKey master) {
        return MasterKeys.unreadable("The master key '" + master.id() + "' does not open the secret '" + field
                + "': it is not the key with which it was sealed, or the secret was changed outside Millrace. Put the"
                + " right key back, or give the secret again.");
    }

    private static String owned(UUID owner, String field) {
        return owner + "/" + field;
    }
}
