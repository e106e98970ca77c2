package io.millrace.server.connection;

import io.millrace.server.setting.Setting;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What connections may reach. */
@ConfigMapping(prefix = "millrace.connection")
public interface ConnectionConfig {
    @Setting("Hosts that connections may reach: names with `*` for anything, and ranges of addresses such as"
            + " 10.8.0.0/16, separated by commas.")
    @WithDefault("*")
    List<String> allowedHosts();

    @Setting("Addresses and ranges that connections never reach, whatever is allowed and whatever a name resolves to;"
            + " without it, link-local and metadata addresses (169.254.0.0/16, fe80::/10, fd00:ec2::254) and, unless"
            + " millrace.access.local-token-file is set, the server's own host (127.0.0.0/8, ::1).")
    Optional<List<String>> deniedAddresses();

    @Setting("URIs of the folders below which connections to files may be, separated by commas; without it, the folder"
            + " that holds millrace.catalog.warehouse.root.")
    Optional<List<String>> allowedRoots();

    @Setting("How long the test of a connection may take.")
    @WithDefault("10s")
    Duration testLimit();
}
