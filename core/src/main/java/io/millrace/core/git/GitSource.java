package io.millrace.core.git;

import static java.util.Objects.requireNonNull;

import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which files of which repository are jobs. Holds no secret.
 *
 * @param folder below the repository's root, without slashes around it; empty for all of it
 * @param interval how often to look for a new commit, 30 seconds to one day; empty for only when asked
 * @param userName who signs in over HTTPS; empty for {@code git}, which most hosts take with a token
 * @param hostKey the server's key, as in a file of known hosts: needed for SSH, and for nothing else
 * @param caCertificate whom to trust over HTTPS instead of the usual authorities, in PEM
 */
public record GitSource(
        GitAddress address,
        String branch,
        String folder,
        Optional<Duration> interval,
        Optional<String> userName,
        Optional<String> hostKey,
        Optional<String> caCertificate) {
    /** The secret that is sent over HTTPS. */
    public static final String TOKEN = "token";

    /** The private key that signs in over SSH. */
    public static final String KEY = "privateKey";

    private static final Duration SHORTEST = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Pattern BRANCH = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}._/@+#=-]{0,199}");
    private static final Pattern USER = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}._@+-]{0,126}");
    private static final Pattern HOST_KEY =
            Pattern.compile("(ssh-rsa|ecdsa-sha2-nistp(256|384|521)) [A-Za-z0-9+/]{40,2000}={0,2}");
    private static final int LONGEST_FOLDER = 500;
    private static final int LONGEST_CERTIFICATE = 65_536;

    public GitSource {
        requireNonNull(address, "address");
        List<Flaw> flaws = new ArrayList<>();
        branch(branch).ifPresent(flaws::add);
        folder(folder).ifPresent(flaws::add);
        interval.filter(every -> every.compareTo(SHORTEST) < 0 || every.compareTo(LONGEST) > 0)
                .ifPresent(every -> flaws.add(Flaw.at(
                        "/interval", "The time between two looks is 30 seconds to one day.", "Write PT5M, say.")));
        only(GitAddress.Scheme.HTTPS, address, userName, "/userName", flaws);
        only(GitAddress.Scheme.HTTPS, address, caCertificate, "/caCertificate", flaws);
        only(GitAddress.Scheme.SSH, address, hostKey, "/hostKey", flaws);
        userName.filter(name -> !USER.matcher(name).matches())
                .ifPresent(name -> flaws.add(Flaw.at("/userName", "This is not the name of a user.")));
        caCertificate
                .filter(pem -> pem.length() > LONGEST_CERTIFICATE || !pem.contains("-----BEGIN CERTIFICATE-----"))
                .ifPresent(pem -> flaws.add(Flaw.at("/caCertificate", "This is no certificate in PEM.")));
        if (address.scheme() == GitAddress.Scheme.SSH) {
            hostKey(hostKey, address).ifPresent(flaws::add);
        }
        if (!flaws.isEmpty()) {
            throw invalid(flaws);
        }
    }

    /** The secrets that count for it. */
    public Set<String> secrets() {
        return switch (address.scheme()) {
            case FILE -> Set.of();
            case HTTPS -> Set.of(TOKEN);
            case SSH -> Set.of(KEY);
        };
    }

    /** Whether secrets for this go nowhere else with the other: it is the same repository, reached in the same way. */
    public boolean sendsSecretsAs(GitSource other) {
        return address.equals(other.address)
                && userName.equals(other.userName)
                && hostKey.equals(other.hostKey)
                && caCertificate.equals(other.caCertificate);
    }

    static MillraceException invalid(List<Flaw> flaws) {
        return new MillraceException(ErrorCode.GIT_INVALID, flaws.get(0).message(), flaws);
    }

    private static Optional<Flaw> branch(String branch) {
        boolean fits = BRANCH.matcher(branch).matches()
                && !branch.contains("..")
                && !branch.contains("//")
                && !branch.contains("/.")
                && !branch.endsWith("/")
                && !branch.endsWith(".")
                && !branch.endsWith(".lock");
        return fits
                ? Optional.empty()
                : Optional.of(Flaw.at("/branch", "This is not the name of a branch.", "Write main, without refs/."));
    }

    private static Optional<Flaw> folder(String folder) {
        boolean fits = folder.isEmpty()
                || (folder.length() <= LONGEST_FOLDER
                        && List.of(folder.split("/", -1)).stream().noneMatch(GitSource::unusable)
                        && folder.chars().noneMatch(c -> c == '\\' || Character.isISOControl(c)));
        return fits
                ? Optional.empty()
                : Optional.of(Flaw.at(
                        "/folder",
                        "The folder must be a path below the root of the repository, without .. and slashes around it.",
                        "Write jobs/streaming, or leave it out for the whole repository."));
    }

    private static boolean unusable(String part) {
        return part.isEmpty() || part.equals(".") || part.equals("..");
    }

    private static void only(
            GitAddress.Scheme scheme, GitAddress address, Optional<String> value, String pointer, List<Flaw> flaws) {
        if (value.isPresent() && address.scheme() != scheme) {
            flaws.add(Flaw.at(pointer, "This is of use for " + scheme + " only; leave it out."));
        }
    }

    private static Optional<Flaw> hostKey(Optional<String> hostKey, GitAddress address) {
        return hostKey.filter(key -> HOST_KEY.matcher(key).matches()).isPresent()
                ? Optional.empty()
                : Optional.of(Flaw.at(
                        "/hostKey",
                        "SSH needs the key of the server, so that no other can pretend to be it.",
                        "Give one line of `ssh-keyscan -t ecdsa,rsa " + address.host()
                                + "` without the host, after comparing it with what the server's owner publishes:"
                                + " ecdsa-sha2-nistp256 AAAA… or ssh-rsa AAAA…"));
    }
}
