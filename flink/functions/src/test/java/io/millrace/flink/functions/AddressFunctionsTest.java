package io.millrace.flink.functions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressFunctionsTest {
    private final QueryParameter parameter = new QueryParameter();
    private final UrlHost host = new UrlHost();

    @ParameterizedTest
    @CsvSource(
            nullValues = "NULL",
            value = {
                "utm_source=news&utm_medium=mail, news",
                "x=1&utm_source=a+b%20c, a b c",
                "utm%5Fsource=%C3%A4%E6%97%A5, ä日",
                "utm_source=first&utm_source=second, first",
                "utm_source=50%25, 50%",
                "utm_source=50%, 50%",
                "utm_source=%zz%4, %zz%4",
                "utm_source=%e4, \uFFFD",
                "utm_source=a%00b, a\uFFFDb",
                "utm_source=a=b, a=b",
                "&&utm_source=x&, x",
                "utm_source, ''",
                "utm_source=, ''",
                "xutm_source=1&utm_sourcex=2, NULL",
                "%, NULL",
                "'', NULL",
                "NULL, NULL",
            })
    void findsADecodedParameter(String query, String expected) {
        assertThat(parameter.eval(query, "utm_source")).isEqualTo(expected);
    }

    @Test
    void hasNoValueForNoName() {
        assertThat(parameter.eval("a=1", null)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "NULL",
            value = {
                "http://Example.ORG/a?b#c, example.org",
                "https://user:pa@ss@example.org:8443, example.org",
                "http://example.org., example.org",
                "android-app://com.example.app/, com.example.app",
                "http://[2001:DB8::1]:80/, [2001:db8::1]",
                "http://münchen.example/, münchen.example",
                "http://a_b.example?x, a_b.example",
                "/local/path, NULL",
                "example.org, NULL",
                "http://, NULL",
                "http:///x, NULL",
                "'http://a b/', NULL",
                "http://\\xe4.example/, NULL",
                "'', NULL",
                "-, NULL",
                "NULL, NULL",
            })
    void findsTheHost(String url, String expected) {
        assertThat(host.eval(url)).isEqualTo(expected);
    }
}
