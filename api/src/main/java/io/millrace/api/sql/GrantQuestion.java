package io.millrace.api.sql;

import io.millrace.api.access.GranteeView;
import io.millrace.api.access.ObjectPath;
import org.jspecify.annotations.Nullable;

/** What a SHOW GRANTS statement asks; without anything, what was given to the caller. Internal. */
public record GrantQuestion(
        @Nullable GranteeView grantee, @Nullable ObjectPath object) {}
