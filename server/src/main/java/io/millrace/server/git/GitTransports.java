package io.millrace.server.git;

import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.core.git.GitSource;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;

import java.io.IOException;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import javax.net.ssl.TrustManager;

/** Ways to a repository, with the secrets for it: no settings, keys or known hosts of the server's own user count. */
final class GitTransports {
    private static final int SECONDS_WITHOUT_A_BYTE = 30;

    private final GitReach reach;

    GitTransports(GitReach reach) {
        this.reach = reach;
    }

    /** {@code secrets} are opened. EGRESS_DENIED when the place must not be reached. */
    Transport open(ScratchRepository repository, GitSource source, Map<String, String> secrets, FetchWatch watch)
            throws IOException {
        reach.check(source.address());
        Transport transport;
        try {
            transport = Transport.open(repository, new URIish(source.address().toString()));
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
        transport.setTimeout(SECONDS_WITHOUT_A_BYTE);
        if (transport instanceof TransportHttp http) {
            http.setHttpConnectionFactory(new GitHttps(source, trust(source), watch));
            String token = secrets.get(GitSource.TOKEN);
            if (token != null) {
                http.setCredentialsProvider(new UsernamePasswordCredentialsProvider(
                        source.userName().orElse("git"), token));
            }
        } else if (transport instanceof SshTransport ssh) {
            ssh.setSshSessionFactory(
                    new WatchedSsh(SshSessions.of(source, secrets, repository.nothing(), reach), watch));
        }
        return transport;
    }

    private TrustManager trust(GitSource source) {
        try {
            return new ReachingTrust(source.address().host(), source.caCertificate(), reach);
        } catch (GeneralSecurityException | IOException e) {
            String why = "The certificate cannot be read.";
            throw new MillraceException(
                    ErrorCode.GIT_INVALID, why, List.of(Flaw.at("/caCertificate", why, "Give it in PEM.")));
        }
    }
}
