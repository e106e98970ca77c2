package io.millrace.api.sql;

import java.util.List;

/** What a statement does with which objects: to be allowed or refused as a whole. Internal. */
public record NewAuthorization(List<ObjectUse> uses) {
    public NewAuthorization {
        uses = uses == null ? List.of() : List.copyOf(uses);
    }
}
