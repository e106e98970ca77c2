package io.millrace.examples.traffic;

import java.util.ArrayList;
import java.util.List;

/**
 * A page of the invented site, with what a browser fetches after it.
 *
 * @param weight how often it is visited, beside the others
 */
record Page(String path, int bytes, int weight, List<String> files) {
    private static final List<String> EVERYWHERE =
            List.of("/assets/site.css", "/assets/site.js", "/assets/logo.svg", "/fonts/serif.woff2");

    private static final String[] ISLANDS = {"alder", "brim", "cairn", "dunlin", "eider", "fulmar"};
    private static final String[] STORIES = {
        "first-boat-of-spring",
        "how-the-ferry-got-its-name",
        "a-timetable-for-seals",
        "what-we-carry",
        "the-last-lighthouse-keeper",
        "bicycles-on-board",
        "winter-crossings",
        "reading-the-tide",
        "post-by-sea",
        "twelve-harbours"
    };

    Page {
        files = List.copyOf(files);
    }

    /** All pages of the site of a ferry line. */
    static List<Page> ofTheSite() {
        var pages = new ArrayList<Page>();
        pages.add(new Page("/", 18_240, 60, with("/images/harbour.jpg")));
        pages.add(new Page("/timetable", 24_980, 45, with("/assets/timetable.js")));
        pages.add(new Page("/tickets", 15_310, 30, with("/assets/tickets.js")));
        pages.add(new Page("/news.html", 9_870, 14, with("/images/news.png")));
        pages.add(new Page("/about.html", 7_420, 6, EVERYWHERE));
        pages.add(new Page("/search", 11_050, 12, EVERYWHERE));
        for (int i = 0; i < ISLANDS.length; i++) {
            String island = "/islands/" + ISLANDS[i];
            pages.add(new Page(island, 12_600 + 731 * i, 18 - 2 * i, with("/images/" + ISLANDS[i] + ".JPG")));
            pages.add(new Page(island + "/walks", 10_150 + 391 * i, 9 - i, with("/images/" + ISLANDS[i] + "-map.png")));
        }
        for (int i = 0; i < STORIES.length; i++) {
            pages.add(new Page("/stories/" + STORIES[i], 21_300 + 1_117 * i, 12 - i, EVERYWHERE));
        }
        return List.copyOf(pages);
    }

    private static List<String> with(String file) {
        var files = new ArrayList<>(EVERYWHERE);
        files.add(file);
        return files;
    }
}
