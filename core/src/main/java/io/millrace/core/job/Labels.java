package io.millrace.core.job;

import static java.util.Objects.requireNonNull;

import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * By what people find a job and whom they ask about it: facts of the job, not of a version.
 *
 * @param tags sorted, each once
 * @param owner empty when nobody is named
 */
public record Labels(List<Tag> tags, Optional<Owner> owner) {
    public static final Labels NONE = new Labels(List.of(), Optional.empty());
    public static final int MOST_TAGS = 20;

    public Labels {
        tags = List.copyOf(new TreeSet<>(tags));
        requireNonNull(owner, "owner");
        if (tags.size() > MOST_TAGS) {
            throw new MillraceException(
                    ErrorCode.JOB_INVALID,
                    "A job has at most " + MOST_TAGS + " tags; it would have " + tags.size() + ".",
                    List.of(Flaw.at("/tags", "too many tags", "Take others away first.")));
        }
    }

    /** With some tags more and some less, and another owner if there is one; what is in both stays. */
    public Labels changed(Collection<Tag> more, Collection<Tag> less, Optional<Owner> other) {
        SortedSet<Tag> next = new TreeSet<>(tags);
        next.removeAll(less);
        next.addAll(more);
        return new Labels(List.copyOf(next), other.or(() -> owner));
    }

    /** What became of {@code before}, in a sentence or two. */
    public String since(Labels before) {
        StringBuilder said = new StringBuilder();
        say(said, "Tagged ", tags, before.tags);
        say(said, "No longer tagged ", before.tags, tags);
        if (!owner.equals(before.owner)) {
            said.append("Owned by ").append(owner.map(Owner::toString).orElse("nobody"));
            before.owner.ifPresent(old -> said.append(", before by ").append(old));
            said.append(". ");
        }
        return said.toString().strip();
    }

    private static void say(StringBuilder said, String what, List<Tag> some, List<Tag> but) {
        String names =
                some.stream().filter(tag -> !but.contains(tag)).map(Tag::value).collect(Collectors.joining(", "));
        if (!names.isEmpty()) {
            said.append(what).append(names).append(". ");
        }
    }
}
