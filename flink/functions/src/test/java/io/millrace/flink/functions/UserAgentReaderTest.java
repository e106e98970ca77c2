package io.millrace.flink.functions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserAgentReaderTest {
    private final UserAgentReader reader = new UserAgentReader(3);

    @Test
    void readsABrowser() {
        assertThat(reader.read("Mozilla/5.0 (Windows NT 6.1; WOW64) AppleWebKit/537.36 (KHTML, like Gecko)"
                        + " Chrome/32.0.1700.107 Safari/537.36"))
                .isEqualTo(new UserAgent("Chrome", "32.0.1700", "Windows 7", null, false));
    }

    @Test
    void readsAPhone() {
        assertThat(reader.read("Mozilla/5.0 (iPhone; CPU iPhone OS 7_0_4 like Mac OS X) AppleWebKit/537.51.1"
                        + " (KHTML, like Gecko) Version/7.0 Mobile/11B554a Safari/9537.53"))
                .isEqualTo(new UserAgent("Mobile Safari", "7.0", "iOS 7.0.4", "iPhone", false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
                "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)",
                "Feedfetcher-Google; (+http://www.google.com/feedfetcher.html; 16 subscribers)",
                "curl/7.22.0 (i686-pc-linux-gnu) libcurl/7.22.0",
                "Wget/1.14 (linux-gnu)",
                "Python-urllib/2.7",
                "binlar_2.6.3 (test@mgmt.mic)",
                "Mozilla/5.0 (Unknown; Linux x86_64) AppleWebKit/534.34 (KHTML, like Gecko) PhantomJS/1.9.2 Safari/534.34"
            })
    void flagsABot(String userAgent) {
        assertThat(reader.read(userAgent).bot()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Mozilla/5.0 (X11; Linux x86_64; rv:24.0) Gecko/20140205 Firefox/24.0 Iceweasel/24.3.0",
                "Mozilla/5.0 (Linux; Android 9; CUBOT_X19) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/80.0 Mobile Safari/537.36",
                "Opera/9.80 (Windows NT 6.1; U; en) Presto/2.10.229 Version/11.60"
            })
    void doesNotFlagABrowser(String userAgent) {
        assertThat(reader.read(userAgent).bot()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-"})
    void knowsNothingOfAnAbsentOne(String userAgent) {
        assertThat(reader.read(userAgent)).isEqualTo(UserAgent.UNKNOWN);
    }

    @Test
    void survivesWhatIsMadeToExhaustIt() {
        assertThat(reader.read("(".repeat(100_000)).bot()).isFalse();
        assertThat(reader.read("Mozilla/5.0 " + "a;".repeat(50_000)).bot()).isFalse();
        assertThat(reader.read("\u0000\ud83d\uffff")).isEqualTo(UserAgent.UNKNOWN);
    }

    @Test
    void remembersNoMoreThanItMay() {
        for (int i = 0; i < 10; i++) {
            assertThat(reader.read("agent " + i)).isNotNull();
        }

        assertThat(reader.remembered()).isEqualTo(3);
    }
}
