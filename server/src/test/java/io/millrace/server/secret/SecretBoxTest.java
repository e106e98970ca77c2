package io.millrace.server.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.connection.SecretInput;
import io.millrace.core.connection.SecretOrigin;
import io.millrace.core.connection.StoredSecret;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

class SecretBoxTest {
    private static final UUID CRM = new UUID(1, 1);
    private static final UUID OTHER = new UUID(1, 2);
    private static final SecretInput CANARY = new SecretInput(SecretOrigin.VALUE, "canary-päss");

    @TempDir
    Path folder;

    private Path keys;
    private SecretBox box;

    @BeforeEach
    void oneKey() throws IOException {
        keys = Files.writeString(folder.resolve("keys"), "# keys\nk1:" + key(1) + "\n");
        Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-------"));
        box = box(Optional.of(keys), Map.of("MILLRACE_SECRET_CRM", "from the environment", "HOME", "/root"));
    }

    @Test
    void opensWhatItSealed() {
        StoredSecret sealed = box.seal(CRM, "password", CANARY);

        assertThat(sealed.keyId()).contains("k1");
        assertThat(sealed.toString()).isEqualTo("***");
        assertThat(sealed.content()).doesNotContain("canary");
        assertThat(box.open(CRM, "password", sealed)).isEqualTo("canary-päss");
    }

    @Test
    void sealsTheSameValueDifferentlyEachTime() {
        assertThat(box.seal(CRM, "password", CANARY).content())
                .isNotEqualTo(box.seal(CRM, "password", CANARY).content());
    }

    @Test
    void opensNothingThatWasCopiedElsewhereOrChanged() {
        StoredSecret sealed = box.seal(CRM, "password", CANARY);
        String text = sealed.content();
        String damaged = text.substring(0, text.length() - 2) + (text.endsWith("AA") ? "BB" : "AA");

        assertThatThrownBy(() -> box.open(OTHER, "password", sealed)).hasMessageContaining("master key 'k1'");
        assertThatThrownBy(() -> box.open(CRM, "token", sealed)).hasMessageContaining("master key 'k1'");
        assertThatThrownBy(() -> box.open(CRM, "password", stored(damaged, "k1")))
                .hasMessageContaining("'k1'");
        assertThatThrownBy(() -> box.open(CRM, "password", stored("v1.x", "k1")))
                .hasMessageContaining("damaged");
        assertThatThrownBy(() -> box.open(CRM, "password", stored("v1.AA.AA", "k1")))
                .hasMessageContaining("'k1'");
    }

    @Test
    void namesTheKeyThatIsMissingOrAnother() throws IOException {
        StoredSecret sealed = box.seal(CRM, "password", CANARY);

        Files.writeString(keys, "k2:" + key(2));
        assertThatThrownBy(() -> box.open(CRM, "password", sealed))
                .hasMessageContaining("master key 'k1' is missing")
                .hasMessageNotContaining("canary");
        assertThat(box.problems(Stream.of(sealed))).singleElement().asString().contains("'k1'");

        Files.writeString(keys, "k1:" + key(3));
        assertThatThrownBy(() -> box.open(CRM, "password", sealed))
                .hasMessageContaining("master key 'k1' does not open the secret 'password'")
                .hasNoCause();
    }

    @Test
    void movesSecretsToTheNewFirstKey() throws IOException {
        StoredSecret sealed = box.seal(CRM, "password", CANARY);
        StoredSecret reference = new StoredSecret(SecretOrigin.ENV, "MILLRACE_SECRET_CRM", Optional.empty());
        Files.writeString(keys, "k2:" + key(2) + "\nk1:" + key(1));

        var moved =
                box.reseal(CRM, Map.of("password", sealed, "token", reference)).orElseThrow();

        assertThat(moved.get("password").keyId()).contains("k2");
        assertThat(moved.get("token")).isEqualTo(reference);
        assertThat(box.reseal(CRM, moved)).as("nothing left to move").isEmpty();
        Files.writeString(keys, "k2:" + key(2));
        assertThat(box.open(CRM, "password", moved.get("password"))).isEqualTo("canary-päss");
        assertThatThrownBy(() -> box.reseal(CRM, Map.of("password", sealed))).hasMessageContaining("'k1' is missing");
    }

    @Test
    void readsVariablesOfItsPrefixOnly() {
        assertThat(box.open(CRM, "password", reference(SecretOrigin.ENV, "MILLRACE_SECRET_CRM")))
                .isEqualTo("from the environment");
        for (String name : new String[] {"HOME", "MILLRACE_SECRET_KEY", "MILLRACE_SECRET_NONE"}) {
            assertThatThrownBy(() -> box.open(CRM, "password", reference(SecretOrigin.ENV, name)))
                    .hasMessage("The server's environment has no variable " + name + ".");
        }
    }

    @Test
    void readsFilesOfItsFolderOnly() throws IOException {
        Files.writeString(folder.resolve("secrets/crm"), "from a file\n");
        Files.createSymbolicLink(folder.resolve("secrets/out"), keys);
        Files.createSymbolicLink(folder.resolve("secrets/in"), folder.resolve("secrets/crm"));

        assertThat(box.open(CRM, "password", reference(SecretOrigin.FILE, "crm")))
                .isEqualTo("from a file");
        assertThat(box.open(CRM, "password", reference(SecretOrigin.FILE, "in")))
                .isEqualTo("from a file");
        for (String name : new String[] {"../keys", keys.toString(), "out", "none", ".", "..", ""}) {
            assertThatThrownBy(() -> box.open(CRM, "password", reference(SecretOrigin.FILE, name)))
                    .as(name)
                    .hasMessageContaining("'" + name + "'");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# only this", "k1", ":x", "k1:!!", "k1:AAAA", "k 1:x"})
    void refusesAFileThatIsNone(String text) throws IOException {
        Files.writeString(keys, text);

        assertThatThrownBy(() -> box.seal(CRM, "password", CANARY)).hasMessageContaining(keys.toString());
    }

    @Test
    void refusesAKeyThatIsNotRandom() throws IOException {
        Files.writeString(keys, "k1:" + Base64.getEncoder().encodeToString(new byte[32]));

        assertThatThrownBy(() -> box.seal(CRM, "password", CANARY)).hasMessageContaining("'k1' is not random");
    }

    @Test
    void takesTheKeyFromTheEnvironmentAndSaysWhenThereIsNone() {
        var fromVariable = box(Optional.empty(), Map.of("MILLRACE_SECRET_KEY", "e1:" + key(5)));

        assertThat(fromVariable.open(CRM, "p", fromVariable.seal(CRM, "p", CANARY)))
                .isEqualTo("canary-päss");
        assertThatThrownBy(() -> box(Optional.empty(), Map.of()).seal(CRM, "p", CANARY))
                .hasMessageContaining("millrace.secret.key-file")
                .hasMessageContaining("MILLRACE_SECRET_KEY");
        assertThatThrownBy(
                        () -> box(Optional.of(folder.resolve("none")), Map.of()).seal(CRM, "p", CANARY))
                .hasMessageContaining("NoSuchFileException");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwx------", "rw-----w-"})
    void refusesAFileThatIsOpenToOthers(String permissions) throws IOException {
        StoredSecret sealed = box.seal(CRM, "p", CANARY);
        Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString(permissions));

        assertThatThrownBy(box::check).hasMessageContaining(permissions).hasMessageEndingWith("run: chmod 600 " + keys);
        assertThatThrownBy(() -> box.open(CRM, "p", sealed)).hasMessageContaining("chmod 600");
        Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("r--------"));
        box.check();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
                "cGFzc3dvcmQgcGFzc3dvcmQgcGFzc3dvcmQgcGFzc3c=",
                "YD3rEBXKcb4rc67whX13gR81LAc7YQjXLZgQowkU3/Q=",
                "/v/pkoZlcxxtao+UZzCDCP7/6ZKGZXMcbWqPlGcwgwg=",
                "XohImNooBHFR0OVvjcYpJ3NgPQ1qq73WKhHvch0VQtg="
            })
    void refusesAKeyThatAnybodyCouldKnow(String key) throws IOException {
        Files.writeString(keys, "k1:" + key(1) + "\nk0:" + key);

        assertThatThrownBy(box::check)
                .hasMessageContaining("line 2: master key 'k0' is not random or publicly known")
                .hasMessageContaining("openssl rand -base64 32")
                .hasMessageNotContaining(key.substring(0, 8));
    }

    @Test
    void checksNothingWhereThereAreNoKeys() {
        box(Optional.empty(), Map.of()).check();
        box(Optional.of(folder.resolve("none")), Map.of()).check();
    }

    private SecretBox box(Optional<Path> file, Map<String, String> environment) {
        Path secrets = folder.resolve("secrets");
        try {
            Files.createDirectories(secrets);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new SecretBox(new KeySource(file, environment), new References(environment, Optional.of(secrets)));
    }

    private static StoredSecret stored(String content, String key) {
        return new StoredSecret(SecretOrigin.VALUE, content, Optional.of(key));
    }

    private static StoredSecret reference(SecretOrigin origin, String name) {
        return new StoredSecret(origin, name, Optional.empty());
    }

    private static String key(int seed) {
        byte[] bytes = new byte[32];
        new Random(seed).nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
