package io.millrace.api.sql;

import io.millrace.api.access.GrantEffect;
import io.millrace.api.access.GranteeView;
import io.millrace.api.access.ObjectPath;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What a GRANT, DENY or REVOKE statement says: for all of its grantees, or for none. Internal.
 *
 * @param object null where only the grantees are to be checked: for what an analysed script would itself make
 * @param privileges such as READ; ALL for all that there are on such an object
 */
public record GrantStatement(
        List<GranteeView> grantees, @Nullable ObjectPath object, List<String> privileges, GrantEffect effect) {
    public GrantStatement {
        grantees = grantees == null ? List.of() : List.copyOf(grantees);
        privileges = privileges == null ? List.of() : List.copyOf(privileges);
    }
}
