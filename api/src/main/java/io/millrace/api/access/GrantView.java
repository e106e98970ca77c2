package io.millrace.api.access;

import java.time.Instant;

/**
 * That somebody has, or is denied, a privilege.
 *
 * @param objectKind on what kind of thing
 * @param object its name; its id when it is not there any more
 * @param by who granted it
 */
public record GrantView(
        GranteeView to,
        ObjectKind objectKind,
        String object,
        String privilege,
        GrantEffect effect,
        String by,
        Instant at) {}
