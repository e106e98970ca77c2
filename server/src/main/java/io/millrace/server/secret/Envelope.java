package io.millrace.server.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.server.secret.MasterKeys.MasterKey;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A sealed value: AES-256-GCM with a key made for it alone, which is itself sealed with a master key. {@code owner} is
 * part of both: an envelope that is copied to another connection or field does not open.
 */
final class Envelope {
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final String FORMAT = "v1";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** The value's key, sealed with the master key. */
    private final byte[] wrapped;

    /** The value, sealed with its key. */
    private final byte[] sealed;

    private Envelope(byte[] wrapped, byte[] sealed) {
        this.wrapped = wrapped;
        this.sealed = sealed;
    }

    static Envelope seal(MasterKey master, String owner, String value) {
        byte[] key = random(KEY_BYTES);
        byte[] sealed = encrypt(new SecretKeySpec(key, "AES"), "value/" + owner, value.getBytes(UTF_8));
        return new Envelope(wrap(master, owner, key), sealed);
    }

    /** Throws {@link AEADBadTagException} if the master key is another one, or the envelope another's or damaged. */
    String open(MasterKey master, String owner) throws AEADBadTagException {
        byte[] key = decrypt(master.key(), wrapOwner(master, owner), wrapped);
        return new String(decrypt(new SecretKeySpec(key, "AES"), "value/" + owner, sealed), UTF_8);
    }

    /** The same value under another master key. */
    Envelope rewrap(MasterKey from, MasterKey to, String owner) throws AEADBadTagException {
        byte[] key = decrypt(from.key(), wrapOwner(from, owner), wrapped);
        return new Envelope(wrap(to, owner, key), sealed);
    }

    String text() {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return FORMAT + "." + base64.encodeToString(wrapped) + "." + base64.encodeToString(sealed);
    }

    /** Throws {@link IllegalArgumentException} if it is none. */
    static Envelope parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 3 || !parts[0].equals(FORMAT)) {
            throw new IllegalArgumentException("not an envelope");
        }
        Base64.Decoder base64 = Base64.getUrlDecoder();
        return new Envelope(base64.decode(parts[1]), base64.decode(parts[2]));
    }

    private static byte[] wrap(MasterKey master, String owner, byte[] key) {
        return encrypt(master.key(), wrapOwner(master, owner), key);
    }

    private static String wrapOwner(MasterKey master, String owner) {
        return "key/" + master.id() + "/" + owner;
    }

    private static byte[] encrypt(SecretKey key, String associated, byte[] plain) {
        byte[] nonce = random(NONCE_BYTES);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, associated);
            byte[] sealed = cipher.doFinal(plain);
            byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
            return all;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + CIPHER, e);
        }
    }

    private static byte[] decrypt(SecretKey key, String associated, byte[] all) throws AEADBadTagException {
        if (all.length <= NONCE_BYTES) {
            throw new AEADBadTagException("too short");
        }
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(all, NONCE_BYTES), associated);
            return cipher.doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES);
        } catch (AEADBadTagException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + CIPHER, e);
        }
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, String associated)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(associated.getBytes(UTF_8));
        return cipher;
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
