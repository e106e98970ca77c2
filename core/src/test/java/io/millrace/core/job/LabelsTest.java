package io.millrace.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.access.Grantee;
import io.millrace.core.error.MillraceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

class LabelsTest {
    private static List<Tag> tags(String... names) {
        return Arrays.stream(names).map(Tag::new).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Nightly", "a b", "a/b", "ü", "a,b"})
    void refusesWhatIsNoTag(String text) {
        assertThatThrownBy(() -> new Tag(text))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("'" + text + "'");
    }

    @Test
    void aTagHasAtMost63Characters() {
        assertThat(new Tag("a_b.c:d-1" + "x".repeat(54)).value()).hasSize(63);
        assertThatThrownBy(() -> new Tag("x".repeat(64))).isInstanceOf(MillraceException.class);
    }

    @Test
    void aJobHasAtMostTwenty() {
        List<Tag> many = IntStream.range(0, 20).mapToObj(i -> new Tag("t" + i)).toList();
        Labels full = new Labels(many, Optional.empty());

        assertThat(full.changed(tags("t3"), List.of(), Optional.empty())).isEqualTo(full);
        assertThatThrownBy(() -> full.changed(tags("one-more"), List.of(), Optional.empty()))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("at most 20");
    }

    @Test
    void changesAreToldAndWhatIsInBothStays() {
        Labels before = new Labels(tags("b", "a", "b"), Optional.of(Owner.fromString("alice")));
        assertThat(before.tags()).isEqualTo(tags("a", "b"));

        Labels after = before.changed(tags("c", "a"), tags("a", "b"), Optional.of(Owner.fromString("group:ops")));

        assertThat(after.tags()).isEqualTo(tags("a", "c"));
        assertThat(after.since(before)).isEqualTo("Tagged c. No longer tagged b. Owned by group:ops, before by alice.");
        assertThat(after.since(after)).isEmpty();
    }

    @Test
    void anOwnerIsAUserOrAGroup() {
        assertThat(Owner.fromString("group:ops").kind()).isEqualTo(Grantee.Kind.GROUP);
        assertThat(Owner.fromString("group:ops").toString()).isEqualTo("group:ops");
        assertThat(Owner.fromString("ops").kind()).isEqualTo(Grantee.Kind.USER);
        assertThatThrownBy(() -> Owner.fromString("team:ops")).isInstanceOf(MillraceException.class);
    }
}
