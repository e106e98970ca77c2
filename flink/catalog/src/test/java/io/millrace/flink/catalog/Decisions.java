package io.millrace.flink.catalog;

import io.millrace.api.catalog.TableView;
import io.millrace.api.sql.NewAuthorization;
import io.millrace.api.sql.ObjectUse;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Decides about statements as the server does: all of one or nothing. Everything is allowed that is not denied. */
public final class Decisions {
    private final List<ObjectUse> uses = new ArrayList<>();
    private final Set<String> denied = new HashSet<>();
    private boolean inAdvance = true;

    /** From now on refuses what does this with an object, such as {@code READ orders}, or {@code READ t1@1}. */
    public synchronized void deny(String privilege, String nameOrRef) {
        denied.add(privilege + " " + nameOrRef);
    }

    /** From now on says with a table what may be done with it, as the server does, or leaves it to be asked for. */
    public synchronized void tellInAdvance(boolean wanted) {
        inAdvance = wanted;
    }

    synchronized List<String> allowed(TableView table) {
        return Stream.of("READ", "WRITE")
                .filter(privilege -> inAdvance
                        && Stream.of(table.definition().name(), table.ref())
                                .noneMatch(object -> denied.contains(privilege + " " + object)))
                .toList();
    }

    /** From now on refuses nothing. */
    public synchronized void allow() {
        denied.clear();
    }

    /** What statements wanted to do with which objects, since the last call. */
    public synchronized List<ObjectUse> takeUses() {
        List<ObjectUse> taken = List.copyOf(uses);
        uses.clear();
        return taken;
    }

    synchronized @Nullable Object on(NewAuthorization wanted) {
        uses.addAll(wanted.uses());
        for (ObjectUse use : wanted.uses()) {
            for (String object : List.of(use.name(), String.valueOf(use.ref()))) {
                if (denied.contains(use.privilege() + " " + object)) {
                    throw new Refusal(403, "ACCESS_DENIED", use.privilege() + " on '" + object + "' is needed.");
                }
            }
        }
        return null;
    }
}
