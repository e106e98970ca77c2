package io.millrace.core.git;

import static java.util.Objects.requireNonNull;

/**
 * A commit.
 *
 * @param id 40 hexadecimal digits
 * @param author name and address, as Git has them: nobody checked them
 */
public record GitCommit(String id, String author, String message) {
    private static final int SHORT = 10;
    private static final int LONGEST = 900;

    public GitCommit {
        requireNonNull(id, "id");
        requireNonNull(author, "author");
        requireNonNull(message, "message");
    }

    public String shortId() {
        return id.substring(0, Math.min(SHORT, id.length()));
    }

    /** What is kept with a version that comes from it. */
    public String versionMessage() {
        String said = cut(plain(message), LONGEST - author.length() - id.length());
        return said + "\n\nCommit " + id + " by " + plain(author);
    }

    /** Without what a version's message may not hold, and of bounded length. */
    public static GitCommit of(String id, String author, String message) {
        return new GitCommit(id, shown(author, 200), shown(message, 10_000));
    }

    /** What others wrote, without control characters, and of so many characters at most. */
    static String shown(String text, int most) {
        return cut(plain(text), most);
    }

    private static String plain(String text) {
        return text.replaceAll("[\\p{Cc}&&[^\\n\\t]]", "").strip();
    }

    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
        return text.substring(0, end) + "…";
    }
}
