package io.millrace.server.job;

import io.millrace.api.job.JobLabelsPatch;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.core.job.Owner;
import io.millrace.core.job.Tag;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

/** Translates tags and owners. */
final class LabelViews {
    private LabelViews() {}

    static JobLabels.Change change(@Nullable JobLabelsPatch patch) {
        if (patch == null || (patch.tags() == null && patch.untags() == null && patch.owner() == null)) {
            throw new MillraceException(
                    ErrorCode.REQUEST_INVALID,
                    "Say what is to change: tags to add, untags to take away, or the owner.",
                    List.of(Flaw.at("/tags", "missing")));
        }
        return new JobLabels.Change(tags(patch.tags()), tags(patch.untags()), owner(patch.owner()));
    }

    static List<Tag> tags(@Nullable List<String> wire) {
        return wire == null ? List.of() : wire.stream().map(Tag::new).toList();
    }

    static Optional<Owner> owner(@Nullable String wire) {
        try {
            return Optional.ofNullable(wire).map(Owner::fromString);
        } catch (MillraceException e) {
            String hint = "A user or service account such as alice, or a group such as group:ops.";
            throw new MillraceException(e.code(), e.getMessage(), List.of(Flaw.at("/owner", "no owner", hint)));
        }
    }
}
