package io.millrace.api.access;

/**
 * A token that was made. Does not print the secret.
 *
 * @param secret what programs send; it is told only now
 */
public record MadeToken(TokenView token, String secret) {
    @Override
    public String toString() {
        return "MadeToken[token=" + token + ", secret=***]";
    }
}
