package io.millrace.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.connection.ConnectionDescriptor;
import io.millrace.core.connection.ConnectionKind;
import io.millrace.core.connection.FieldRule;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConnectionFilesTest {
    @ParameterizedTest
    @EnumSource
    void everyKindHasADescriptorInBothLanguages(ConnectionKind kind) {
        ConnectionDescriptor descriptor = ConnectionFiles.read(kind);

        assertThat(descriptor.kind()).isEqualTo(kind);
        assertThat(descriptor.rules()).allSatisfy(rule -> {
            assertThat(rule.en()).endsWith(".");
            assertThat(rule.zh()).endsWith("。");
        });
        assertThat(descriptor.targets()).as("what says where the store is").isNotEmpty();
    }

    /** Otherwise a secret could be sent to another place by changing only a field that nobody marked. */
    @ParameterizedTest
    @EnumSource
    void whateverNamesAHostOrFolderIsATarget(ConnectionKind kind) {
        assertThat(ConnectionFiles.read(kind).rules())
                .filteredOn(rule -> switch (rule.type()) {
                    case HOST, PORT, ADDRESSES, ROOT, URI -> true;
                    case STRING, NAME, INTEGER, BOOLEAN, CHOICE, PREFIXES, TEXT -> false;
                })
                .allMatch(FieldRule::target);
    }
}
