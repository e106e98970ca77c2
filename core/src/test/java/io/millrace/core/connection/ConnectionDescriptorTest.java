package io.millrace.core.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.core.error.Flaw;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

class ConnectionDescriptorTest {
    private static final ConnectionDescriptor STORE = new ConnectionDescriptor(
            ConnectionKind.POSTGRES,
            "A store.",
            "存储。",
            List.of(
                    rule("host", FieldType.HOST, true, false),
                    new FieldRule(
                            "port",
                            FieldType.PORT,
                            false,
                            Optional.of(5432),
                            List.of(),
                            List.of(),
                            false,
                            true,
                            Optional.empty(),
                            "The port.",
                            "端口。"),
                    new FieldRule(
                            "tls",
                            FieldType.CHOICE,
                            false,
                            Optional.of("off"),
                            List.of("off", "require", "verify"),
                            List.of(),
                            false,
                            true,
                            Optional.empty(),
                            "Whether it is encrypted.",
                            "是否加密。"),
                    new FieldRule(
                            "ca",
                            FieldType.TEXT,
                            true,
                            Optional.empty(),
                            List.of(),
                            List.of(),
                            false,
                            true,
                            Optional.of(new FieldRule.Condition("tls", List.of("verify"))),
                            "The certificate.",
                            "证书。"),
                    rule("password", FieldType.STRING, true, true)));

    @Test
    void completesWhatIsRight() {
        var draft = draft(Map.of("host", "db"), Map.of("password", value("pw")));

        assertThat(STORE.check(draft)).isEmpty();
        assertThat(STORE.complete(draft).values()).isEqualTo(Map.of("host", "db", "port", 5432L, "tls", "off"));
        assertThat(STORE.targets()).containsExactlyInAnyOrder("host", "port", "tls", "ca");
    }

    @Test
    void saysEverythingThatIsWrongAtOnce() {
        var draft = draft(
                Map.of("hots", "db", "port", "5432", "tls", "requires", "password", "pw"),
                Map.of("host", value("db"), "pasword", value("pw")));

        assertThat(STORE.check(draft))
                .extracting(Flaw::pointer, flaw -> flaw.hint().orElse(""))
                .containsExactlyInAnyOrder(
                        tuple("/fields/hots", "Did you mean 'host'?"),
                        tuple("/fields/port", "The port."),
                        tuple("/fields/tls", "Did you mean 'require'?"),
                        tuple("/fields/password", "Give it in 'secrets' instead."),
                        tuple("/secrets/host", "Give it in 'fields' instead."),
                        tuple("/secrets/pasword", "Did you mean 'password'?"),
                        tuple("/fields/host", "host."),
                        tuple("/secrets/password", "password."));
    }

    @Test
    void repeatsNoValueThatMightBeASecretInTheWrongPlace() {
        var draft = draft(Map.of("host", "user:hunter2@db", "tls", "hunter2"), Map.of("password", value("hunter2\n")));

        assertThat(STORE.check(draft).toString())
                .contains("/fields/host", "/secrets/password")
                .doesNotContain("hunter2");
        assertThat(draft.toString()).doesNotContain("hunter2\n");
    }

    @Test
    void asksForAFieldOnlyWhereItCounts() {
        var verify = draft(Map.of("host", "db", "tls", "verify"), Map.of("password", value("pw")));
        var off = draft(Map.of("host", "db", "ca", "x"), Map.of("password", value("pw")));

        assertThat(STORE.check(verify))
                .extracting(Flaw::message)
                .containsExactly("Field 'ca' is required if 'tls' is verify.");
        assertThat(STORE.check(off))
                .extracting(Flaw::message)
                .containsExactly("Field 'ca' counts only if 'tls' is verify.");
    }

    @Test
    void keepsASecretThatIsThere() {
        assertThat(STORE.check(new ConnectionDraft(Map.of("host", "db"), Map.of(), Set.of("password"))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MILLRACE_SECRET_KEY",
                "MILLRACE_SECRET_KEY_FILE",
                "MILLRACE_SECRET_FOLDER",
                "MILLRACE_SECRET_",
                "PATH",
                "millrace_secret_x",
                "MILLRACE_SECRET_x",
                "MILLRACE_SECRET_X Y",
                "MILLRACE_SECRET_X\n"
            })
    void readsNothingOfTheEnvironmentButSecrets(String variable) {
        assertThat(flaws(new SecretInput(SecretOrigin.ENV, variable))).isNotEmpty();
        assertThat(flaws(new SecretInput(SecretOrigin.ENV, "MILLRACE_SECRET_CRM")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../x", "/etc/passwd", "a/b", "a\\b", ".hidden", "a\u0000", "a\n", "a%2f"})
    void readsNoFileOutsideTheFolderOfSecrets(String file) {
        assertThat(flaws(new SecretInput(SecretOrigin.FILE, file))).isNotEmpty();
        assertThat(flaws(new SecretInput(SecretOrigin.FILE, "crm.password"))).isEmpty();
    }

    @Test
    void isRefusedIfItContradictsItself() {
        assertThatThrownBy(() -> new ConnectionDescriptor(
                        ConnectionKind.KAFKA,
                        "",
                        "",
                        List.of(rule("host", FieldType.HOST, true, false), rule("host", FieldType.HOST, true, false))))
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> rule("port", FieldType.PORT, true, true)).hasMessageContaining("port");
    }

    private static List<Flaw> flaws(SecretInput secret) {
        return STORE.check(draft(Map.of("host", "db"), Map.of("password", secret)));
    }

    private static ConnectionDraft draft(Map<String, Object> fields, Map<String, SecretInput> secrets) {
        return new ConnectionDraft(fields, secrets, Set.of());
    }

    private static SecretInput value(String text) {
        return new SecretInput(SecretOrigin.VALUE, text);
    }

    private static FieldRule rule(String key, FieldType type, boolean required, boolean secret) {
        return new FieldRule(
                key,
                type,
                required,
                Optional.empty(),
                List.of(),
                List.of(),
                secret,
                !secret,
                Optional.empty(),
                key + ".",
                key + "。");
    }
}
