package io.millrace.examples.traffic;

import java.util.Random;

/**
 * Somebody who comes to the site.
 *
 * @param bot whether it is a program, which fetches pages but not their files
 */
record Visitor(String address, String userAgent, boolean bot) {
    private static final String[] BROWSERS = {
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15",
        "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1"
                + " Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36",
        "Mozilla/5.0 (iPad; CPU OS 17_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.7 Mobile/15E148"
                + " Safari/604.1",
        "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36",
        // Some people change theirs; the server escapes the quotes.
        "Mozilla/5.0 (compatible; \\\"Harbour\\\" Kiosk 2; terminal 7) Gecko/20100101 Firefox/115.0",
    };

    private static final String[] BOTS = {
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
        "Mozilla/5.0 (compatible; TideCrawler/0.3; +https://tidecrawler.example/about)",
        "FeedGull/1.4 (+https://feedgull.example; 12 subscribers)",
        "curl/8.9.1",
        "python-requests/2.32.3",
    };

    /** Addresses come from the networks that RFC 5737 and RFC 3849 reserve for documentation. */
    static Visitor any(Random random) {
        boolean bot = random.nextInt(100) < 12;
        String[] agents = bot ? BOTS : BROWSERS;
        String agent = !bot && random.nextInt(60) == 0 ? "-" : agents[random.nextInt(agents.length)];
        String[] networks = {"192.0.2.", "198.51.100.", "203.0.113."};
        String address = random.nextInt(8) == 0
                ? "2001:db8:" + Integer.toHexString(random.nextInt(0x40)) + "::"
                        + Integer.toHexString(random.nextInt(0x1000))
                : networks[random.nextInt(networks.length)] + (1 + random.nextInt(254));
        return new Visitor(address, agent, bot);
    }
}
