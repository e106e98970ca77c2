package io.millrace.flink.gateway.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

class MentionedTest {
    @Test
    void findsTablesAndTheirAliases() {
        assertThat(Mentioned.in("SELECT * FROM a AS x, kafka.`local`.b y JOIN c ON x.id = c.id WHERE 1 = 1"))
                .containsExactly(
                        new Mentioned.Table(List.of("a"), "x"),
                        new Mentioned.Table(List.of("kafka", "local", "b"), "y"),
                        new Mentioned.Table(List.of("c"), "c"));
    }

    @Test
    void findsTheTargetOfAnInsertion() {
        assertThat(Mentioned.in("INSERT INTO sink SELECT a FROM source GROUP BY a"))
                .extracting(Mentioned.Table::alias)
                .containsExactly("sink", "source");
    }

    @Test
    void takesWhatIsStillBeingTyped() {
        assertThat(Mentioned.in("SELECT  FROM")).isEmpty();
        assertThat(Mentioned.in("SELECT x. FROM t AS")).containsExactly(new Mentioned.Table(List.of("t"), "t"));
        assertThat(Mentioned.in("SELECT * FROM (SELECT 1) WHERE")).isEmpty();
    }
}
