package io.millrace.server.access;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Hashes passwords with Argon2id (RFC 9106), with the parameters that OWASP's password storage cheat sheet names first:
 * 19 MiB, two passes, one lane. Few are computed at a time, so that callers cannot use up the server's memory.
 */
final class Passwords {
    private static final int MIN_LENGTH = 10;
    private static final int MAX_LENGTH = 1000;
    private static final int AT_A_TIME = 4;
    private static final Argon2Function ARGON2ID = Argon2Function.getInstance(19 << 10, 2, 1, 32, Argon2.ID);

    private final Semaphore turns = new Semaphore(AT_A_TIME, true);
    private final String nobody = hash("the password of nobody");

    /** The hash with its salt and parameters, as {@code $argon2id$v=19$…}. */
    String hash(String password) {
        turns.acquireUninterruptibly();
        try {
            return Password.hash(password).addRandomSalt(16).with(ARGON2ID).getResult();
        } finally {
            turns.release();
        }
    }

    /** Takes the same time whether there is a hash or not. */
    boolean matches(String password, Optional<String> hash) {
        String known = hash.orElse(nobody);
        turns.acquireUninterruptibly();
        try {
            return Password.check(password, known).with(Argon2Function.getInstanceFromHash(known)) && hash.isPresent();
        } finally {
            turns.release();
        }
    }

    /** Fails for a password that is too easy to find. */
    static String checked(String password, String user) {
        int length = password.codePointCount(0, password.length());
        if (length < MIN_LENGTH || length > MAX_LENGTH) {
            throw invalid("A password has " + MIN_LENGTH + " to " + MAX_LENGTH + " characters.");
        }
        if (password.toLowerCase(Locale.ROOT).contains(user) && length < user.length() + MIN_LENGTH) {
            throw invalid("A password is not the user's name with a few characters.");
        }
        if (password.codePoints().distinct().count() < 4) {
            throw invalid("A password has more than three different characters.");
        }
        return password;
    }

    private static MillraceException invalid(String reason) {
        return new MillraceException(
                ErrorCode.PASSWORD_INVALID, reason, List.of(Flaw.at("/password", "cannot be used")));
    }
}
