package io.millrace.server.secret;

import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** The master keys, the current one first. Prints their ids only. */
final class MasterKeys {
    private static final int BYTES = 32;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final List<MasterKey> keys;

    private MasterKeys(List<MasterKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /** Reads lines of {@code <id>:<base64 of 32 bytes>}; empty ones and those that begin with # are left out. */
    static MasterKeys parse(String text, String source) {
        List<MasterKey> keys = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        int number = 0;
        for (String raw : text.split("\n", -1)) {
            number++;
            String line = raw.strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            MasterKey key = key(line, source + ", line " + number);
            if (!ids.add(key.id())) {
                throw unreadable(source + " has the key '" + key.id() + "' twice.");
            }
            keys.add(key);
        }
        if (keys.isEmpty()) {
            throw unreadable(source + " holds no master key.");
        }
        return new MasterKeys(keys);
    }

    MasterKey current() {
        return keys.get(0);
    }

    Optional<MasterKey> find(String id) {
        return keys.stream().filter(key -> key.id().equals(id)).findFirst();
    }

    @Override
    public String toString() {
        return keys.stream().map(MasterKey::id).toList().toString();
    }

    static MillraceException unreadable(String sentence) {
        return new MillraceException(ErrorCode.SECRET_UNREADABLE, sentence);
    }

    private static MasterKey key(String line, String place) {
        int colon = line.indexOf(':');
        if (colon < 0 || !ID.matcher(line.substring(0, colon)).matches()) {
            throw unreadable(place + " is no master key: write <id>:<base64 of 32 bytes>.");
        }
        String id = line.substring(0, colon);
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(line.substring(colon + 1).strip());
        } catch (IllegalArgumentException e) {
            // Not passed on: its message quotes a character of the key.
            throw unreadable(place + ": master key '" + id + "' is not in base64.");
        }
        if (bytes.length != BYTES) {
            throw unreadable(
                    place + ": master key '" + id + "' has " + bytes.length + " bytes instead of " + BYTES + ".");
        }
        if (KnownKeys.contains(bytes)) {
            throw unreadable(place + ": master key '" + id
                    + "' is not random or publicly known. Make one with: openssl rand -base64 32");
        }
        return new MasterKey(id, new SecretKeySpec(bytes, "AES"));
    }

    /** A master key and its name. */
    record MasterKey(String id, SecretKey key) {
        @Override
        public String toString() {
            return id;
        }
    }
}
