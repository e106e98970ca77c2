package io.millrace.core.connection;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/** Addresses with a common beginning, such as {@code 169.254.0.0/16}; a single address is a range of one. */
record AddressRange(BigInteger start, int prefix, int bits) {
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,3}");

    /** Empty if the text is no range. */
    static Optional<AddressRange> parse(String text) {
        int slash = text.indexOf('/');
        Optional<InetAddress> base = HostName.literal(slash < 0 ? text : text.substring(0, slash));
        if (base.isEmpty()) {
            return Optional.empty();
        }
        int bits = base.get().getAddress().length * Byte.SIZE;
        String length = slash < 0 ? String.valueOf(bits) : text.substring(slash + 1);
        if (!LENGTH.matcher(length).matches() || Integer.parseInt(length) > bits) {
            return Optional.empty();
        }
        return Optional.of(new AddressRange(number(base.get()), Integer.parseInt(length), bits));
    }

    boolean contains(InetAddress address) {
        return address.getAddress().length * Byte.SIZE == bits
                && number(address).shiftRight(bits - prefix).equals(start.shiftRight(bits - prefix));
    }

    private static BigInteger number(InetAddress address) {
        return new BigInteger(1, address.getAddress());
    }
}
