package io.millrace.core.connection;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Hosts in their one usual notation. What systems read as an address although it does not look like one ({@code 127.1},
 * {@code 0x7f000001}, {@code ::ffff:127.0.0.1}) is refused, so that a policy on addresses sees what is meant.
 */
public final class HostName {
    private static final int LONGEST = 253;
    private static final int LAST_PORT = 65_535;
    private static final Pattern NAME = Pattern.compile(
            "[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?(\\.[A-Za-z0-9]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?)*");
    private static final Pattern NUMERIC = Pattern.compile("[0-9]+|0[xX][0-9a-fA-F]*");
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern QUAD = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern SIX = Pattern.compile("[0-9a-f:]{2,39}");
    private static final Pattern PORT = Pattern.compile("[1-9][0-9]{0,4}");
    private static final String NOT_USUAL = "must be written in the usual notation of an address";

    private HostName() {}

    /** What is wrong with a host, as the end of a sentence; empty if nothing is. */
    public static Optional<String> flaw(String host) {
        if (host.indexOf(':') >= 0) {
            return isUsualSix(host)
                    ? Optional.empty()
                    : Optional.of("must be one host name or address, without scheme, port, user or options");
        }
        if (host.length() > LONGEST || !NAME.matcher(host).matches()) {
            return Optional.of("must be one host name or address, without scheme, port, user or options");
        }
        String last = host.substring(host.lastIndexOf('.') + 1);
        boolean looksNumeric = NUMERIC.matcher(last).matches();
        return looksNumeric && !QUAD.matcher(host).matches() ? Optional.of(NOT_USUAL) : Optional.empty();
    }

    /** What is wrong with {@code host:port} or {@code [IPv6]:port}, as the end of a sentence; empty if nothing is. */
    public static Optional<String> addressFlaw(String address) {
        int colon = address.lastIndexOf(':');
        boolean port = colon > 0
                && PORT.matcher(address.substring(colon + 1)).matches()
                && Integer.parseInt(address.substring(colon + 1)) <= LAST_PORT;
        if (!port) {
            return Optional.of("must be a host and a port, like kafka-1:9092");
        }
        String host = address.substring(0, colon);
        if (host.startsWith("[") != host.indexOf(':') >= 0) {
            return Optional.of("must be a host and a port, like kafka-1:9092 or [2001:db8::1]:9092");
        }
        return flaw(hostOf(address));
    }

    /** The host of a checked {@code host:port}. */
    public static String hostOf(String address) {
        String host = address.substring(0, address.lastIndexOf(':'));
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    /** The port of a checked {@code host:port}. */
    public static int portOf(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    /** The address that a checked host is; empty if it is a name. Asks nobody. */
    public static Optional<InetAddress> literal(String host) {
        if (!QUAD.matcher(host).matches() && !isUsualSix(host)) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(host));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static boolean isUsualSix(String host) {
        if (!SIX.matcher(host).matches() || host.indexOf(':') < 0) {
            return false;
        }
        try {
            // Not looked up: a text with a colon can only be an address.
            return InetAddress.getByName(host) instanceof Inet6Address six
                    && usual(six).equals(host);
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** RFC 5952: lower case, no leading zeros, the longest run of zeros left out. */
    private static String usual(Inet6Address address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        int[] groups = new int[8];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = bytes.getShort() & 0xffff;
        }
        int start = -1;
        int longest = 1;
        for (int i = 0; i < groups.length; i++) {
            int end = i;
            while (end < groups.length && groups[end] == 0) {
                end++;
            }
            if (end - i > longest) {
                longest = end - i;
                start = i;
            }
        }
        if (start < 0) {
            return joined(groups, 0, groups.length);
        }
        return joined(groups, 0, start) + "::" + joined(groups, start + longest, groups.length);
    }

    private static String joined(int[] groups, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(i == from ? "" : ":")
                    .append(Integer.toHexString(groups[i]).toLowerCase(Locale.ROOT));
        }
        return text.toString();
    }
}
