package io.millrace.api.access;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What is to be granted, denied or taken back.
 *
 * @param privileges such as READ; ALL for all that there are on such an object
 * @param effect ALLOW if it is left out
 */
public record NewGrant(
        GranteeView to,
        ObjectPath object,
        List<String> privileges,
        @Nullable GrantEffect effect) {
    public NewGrant {
        privileges = privileges == null ? List.of() : List.copyOf(privileges);
    }
}
