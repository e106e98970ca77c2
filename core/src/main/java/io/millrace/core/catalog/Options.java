package io.millrace.core.catalog;

import io.millrace.core.error.Flaw;

/** Words that all checks of options share. */
final class Options {
    static final String CONNECTOR = "connector";

    private Options() {}

    /** A flaw of one option; {@code wrong} is the end of a sentence that begins with the key. */
    static Flaw flaw(String key, String wrong, String hint) {
        String pointer = "/options/" + key.replace("~", "~0").replace("/", "~1");
        return Flaw.at(pointer, "Option '" + key + "' " + wrong + ".", hint);
    }
}
