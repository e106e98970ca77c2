package io.millrace.examples.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes up what visitors ask the site for, and what it answers. */
final class Visits {
    private static final String[] REFERRERS = {
        "-",
        "-",
        "https://search.example/?q=ferry+timetable",
        "https://search.example/?q=\\\"twelve harbours\\\"",
        "https://www.islands.example/travel",
        "http://forum.example:8080/t/92"
    };

    private static final String[] CAMPAIGNS = {
        "?utm_source=newsletter&utm_medium=email&utm_campaign=spring%202026",
        "?utm_source=poster&utm_medium=print&utm_campaign=h%C3%A4fen&utm_content=qr",
        "?utm_source=search.example&utm_medium=cpc&utm_campaign=islands&utm_term=ferry+seals",
        // Somebody broke this link.
        "?utm_source=partner%2&utm_medium=%zz",
    };

    private static final String[] PROBES = {"/wp-login.php", "/.env", "/admin.php", "/old/timetable.htm"};

    private static final List<Page> PAGES = Page.ofTheSite();
    private static final int WEIGHTS = PAGES.stream().mapToInt(Page::weight).sum();

    private final Random random;
    private final String site = "https://ferries.example";

    Visits(Random random) {
        this.random = random;
    }

    /** One visit: some pages, one after the other, with their files. */
    List<Line> visit(Visitor visitor, long start) {
        List<Line> lines = new ArrayList<>();
        long second = start;
        String referrer = visitor.bot() ? "-" : one(REFERRERS);
        int pages = 1 + random.nextInt(visitor.bot() ? 12 : 5);
        for (int i = 0; i < pages; i++) {
            Page page = page();
            lines.add(request(visitor, second, page, referrer, i == 0));
            if (!visitor.bot()) {
                addFiles(lines, visitor, second, page, i > 0);
                referrer = site + page.path();
            }
            second += 1 + random.nextInt(visitor.bot() ? 10 : 90);
        }
        return lines;
    }

    private Line request(Visitor visitor, long second, Page page, String referrer, boolean first) {
        int chance = random.nextInt(1000);
        if (chance < 8) {
            return new Line(second, visitor, "GET", one(PROBES), chance < 6 ? 404 : 403, 196, "-");
        }
        if (chance < 14) {
            return new Line(second, visitor, "POST", "/tickets", chance < 13 ? 302 : 500, 0, site + "/tickets");
        }
        if (chance < 24) {
            return new Line(second, visitor, "HEAD", page.path(), 200, 0, referrer);
        }
        if (chance < 60) {
            return new Line(second, visitor, "GET", page.path(), 304, 0, referrer);
        }
        return new Line(second, visitor, "GET", page.path() + query(page, visitor, first), 200, page.bytes(), referrer);
    }

    private String query(Page page, Visitor visitor, boolean first) {
        if (page.path().equals("/search")) {
            return "?q=seal%20watching&page=" + (1 + random.nextInt(3));
        }
        return first && !visitor.bot() && random.nextInt(6) == 0 ? one(CAMPAIGNS) : "";
    }

    /** What a browser has seen on the page before, it keeps. */
    private void addFiles(List<Line> lines, Visitor visitor, long second, Page page, boolean kept) {
        for (String file : page.files()) {
            if (!kept || random.nextInt(6) == 0) {
                int status = random.nextInt(9) == 0 ? 304 : 200;
                long bytes = status == 304 ? 0 : 1_500 + Math.floorMod(file.hashCode(), 60_000);
                lines.add(
                        new Line(second + random.nextInt(2), visitor, "GET", file, status, bytes, site + page.path()));
            }
        }
    }

    private Page page() {
        int left = random.nextInt(WEIGHTS);
        for (Page page : PAGES) {
            left -= page.weight();
            if (left < 0) {
                return page;
            }
        }
        throw new IllegalStateException("the weights add up to more than they are");
    }

    private String one(String[] choices) {
        return choices[random.nextInt(choices.length)];
    }
}
