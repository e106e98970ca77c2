package io.millrace.core.connection;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which hosts connections may reach. Names are decided by what they resolve to, at the time they are used; so a name
 * that is bound to another address later is decided anew.
 */
public final class EgressPolicy {
    private static final Pattern GLOB = Pattern.compile("[A-Za-z0-9_.*-]{1,253}");

    private final List<Pattern> names = new ArrayList<>();
    private final List<AddressRange> allowed = new ArrayList<>();
    private final List<AddressRange> denied;

    /**
     * Both lists are settings; what is neither a range of addresses nor, among the allowed, a pattern of names stops the
     * server.
     *
     * @param allowedHosts names with {@code *} for anything, and ranges of addresses
     * @param deniedAddresses ranges of addresses that stay closed whatever is allowed
     */
    public EgressPolicy(List<String> allowedHosts, List<String> deniedAddresses) {
        for (String each : allowedHosts) {
            Optional<AddressRange> range = AddressRange.parse(each);
            if (range.isPresent()) {
                allowed.add(range.get());
            } else if (GLOB.matcher(each).matches()) {
                String quoted = Pattern.quote(each.toLowerCase(Locale.ROOT)).replace("*", "\\E.*\\Q");
                names.add(Pattern.compile(quoted));
            } else {
                throw new IllegalArgumentException(
                        "'" + each + "' is neither a host name, with * for anything, nor a range of addresses");
            }
        }
        this.denied = deniedAddresses.stream()
                .map(each -> AddressRange.parse(each)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "'" + each + "' is no address and no range such as 10.0.0.0/8")))
                .toList();
    }

    /** Why a checked host may not be reached, as far as that is known without resolving it. */
    public Optional<String> refuse(String host) {
        Optional<InetAddress> literal = HostName.literal(host);
        if (literal.isPresent()) {
            return refuse(host, List.of(literal.get()));
        }
        return allowed.isEmpty() && !named(host) ? Optional.of(outside(host)) : Optional.empty();
    }

    /** Why a host may not be reached that resolves to these addresses. One bad address is enough. */
    public Optional<String> refuse(String host, List<InetAddress> resolved) {
        for (InetAddress address : resolved) {
            if (address.isAnyLocalAddress() || denied.stream().anyMatch(range -> range.contains(address))) {
                return Optional.of("'" + host + "' is at an address that this installation never connects to.");
            }
            if (!named(host) && allowed.stream().noneMatch(range -> range.contains(address))) {
                return Optional.of(outside(host));
            }
        }
        return Optional.empty();
    }

    private boolean named(String host) {
        String plain = host.toLowerCase(Locale.ROOT);
        return names.stream().anyMatch(pattern -> pattern.matcher(plain).matches());
    }

    private static String outside(String host) {
        return "'" + host + "' is not among the hosts that connections of this installation may reach.";
    }
}
