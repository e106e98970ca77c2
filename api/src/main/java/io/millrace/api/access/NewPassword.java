package io.millrace.api.access;

import org.jspecify.annotations.Nullable;

/**
 * A password to be set. Never prints it.
 *
 * @param current the password so far; needed to change one's own
 */
public record NewPassword(
        @Nullable String current, @Nullable String password) {
    @Override
    public String toString() {
        return "NewPassword[current=***, password=***]";
    }
}
