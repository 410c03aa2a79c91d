package io.tocsin.rulesengine.rules.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.gotemplate.FunctionException;
import io.tocsin.gotemplate.Limits;
import io.tocsin.gotemplate.TemplateException;
import io.tocsin.promql.model.Labels;
import io.tocsin.promql.model.Sample;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertTemplateTest {
    private static final long AT = 1_700_000_000_123L;
    private static final TemplateContext CONTEXT = new TemplateContext(
            AlertTemplateTest::query,
            URI.create("http://tocsin.example:9090/prom"),
            Labels.of("region", "eu"),
            Limits.DEFAULT);

    private static List<Sample> query(String query, long atMs) throws FunctionException {
        return switch (query) {
            case "metric" ->
                List.of(
                        new Sample(Labels.of("__name__", "metric", "instance", "b"), atMs, 21, null),
                        new Sample(Labels.of("__name__", "metric", "instance", "a", "__value__", "x"), atMs, 11, null));
            case "none" -> List.of();
            default -> throw new FunctionException("bad query");
        };
    }

    private static Sample sample(double value) {
        return new Sample(Labels.of("job", "api", "instance", "host:80"), AT, value, null);
    }

    private static String expand(String text) throws TemplateException {
        return AlertTemplate.parse("A", text).expand(CONTEXT, sample(0.5), AT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '~',
            value = {
                "plain text => plain text",
                "{{ $labels.job }} {{ .Labels.instance }} => api host:80",
                "{{ $labels }} => map[instance:host:80 job:api]",
                "{{ $labels.missing }}x => x",
                "{{ $value }} {{ .Value }} => 0.5 0.5",
                "{{ $externalLabels.region }} {{ $externalURL }} => eu http://tocsin.example:9090/prom",
                "{{ externalURL }} {{ pathPrefix }} => http://tocsin.example:9090/prom /prom",
                "{{ now }} => 1.700000000123e+09",
                "{{ query \"metric\" | len }} => 2",
                "{{ query \"metric\" | first | value }} => 21",
                "{{ query \"metric\" | sortByLabel \"instance\" | first | label \"instance\" }} => a",
                "{{ range query \"metric\" }}{{ .Labels.instance }}={{ .Value }};{{ end }} => b=21;a=11;",
                "{{ with query \"none\" }}some{{ else }}none{{ end }} => none",
                "{{ query \"metric\" | sortByLabel \"instance\" | first | strvalue }} => x",
                "{{ range $x := (args 1 \"b\") }}{{ $x }},{{ end }} => 1,b,",
                "{{ (args 1 \"b\").arg1 }} => b",
                "{{ reReplaceAll \"(a)b\" \"x$1\" \"abab\" }} => xaxa",
                "{{ reReplaceAll \"(?P<n>a)\" \"${n}-$n_\" \"a\" }} => a-",
                "{{ match \"^h.*0$\" $labels.instance }} {{ match \"z\" \"a\" }} => true false",
                "{{ \"disk full: it's bad\" | title }} => Disk Full: It's Bad",
                "{{ \"aBc\" | toUpper }}{{ \"aBc\" | toLower }} => ABCabc",
                "{{ graphLink \"up == 0\" }} => /graph?g0.expr=up+%3D%3D+0&g0.tab=0",
                "{{ tableLink \"a~b*\" }} => /graph?g0.expr=a~b%2A&g0.tab=1",
                "{{ safeHtml \"<b>\" }} => <b>",
                "{{ stripPort \"host:80\" }} {{ stripPort \"[::1]:80\" }} {{ stripPort \"host\" }} => host ::1 host",
                "{{ stripDomain \"a.b.c:80\" }} {{ stripDomain \"a.b.c\" }} {{ stripDomain \"10.0.0.1:80\" }} => a:80 a 10.0.0.1:80",
                "{{ stripDomain \"[2001:db8::1]:80\" }} => [2001:db8::1]:80",
                "{{ urlQueryEscape \"a b&c\" }} => a+b%26c",
                "{{ parseDuration \"1h30m\" }} {{ parseDuration \"-5m\" }} => 5400 -300",
                "{{ (1435065584.128 | toTime).Format \"2006-01-02 15:04:05.000\" }} => 2015-06-23 13:19:44.128",
                "{{ (toDuration 90).String }} {{ (toDuration 90).Seconds }} => 1m30s 90",
                "{{ 1435065584.128 | humanizeTimestamp }} => 2015-06-23 13:19:44.128 +0000 UTC",
                "{{ humanize 0 }} {{ humanize 1234567 }} {{ humanize 0.00123 }} {{ humanize -1500 }} => 0 1.235M 1.23m -1.5k",
                "{{ humanize \"1e24\" }} {{ humanize \"NaN\" }} {{ humanize \"+Inf\" }} => 1Y NaN +Inf",
                "{{ humanize1024 0 }} {{ humanize1024 1048576 }} {{ humanize1024 1500 }} => 0 1Mi 1.465ki",
                "{{ humanizePercentage 0.1234567 }} {{ humanizePercentage 1 }} => 12.35% 100%",
                "{{ humanizeDuration 0 }} {{ humanizeDuration 1.5 }} {{ humanizeDuration 3661 }} => 0s 1.5s 1h 1m 1s",
                "{{ humanizeDuration 90061 }} {{ humanizeDuration -61 }} {{ humanizeDuration 0.001 }} => 1d 1h 1m 1s -1m 1s 1ms",
                "{{ printf \"%.2f\" $value }} => 0.50",
                "{{ define \"t\" }}[{{ .arg0 }}]{{ end }}{{ template \"t\" (args 7) }} => [7]",
            })
    void expands(String text, String expected) throws TemplateException {
        assertThat(expand(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '~',
            value = {
                "{{ query \"none\" | first }} => error calling first: first() called on vector with no elements",
                "{{ query \"other\" }} => error calling query: bad query",
                "{{ humanize \"x\" }} => error calling humanize: strconv.ParseFloat: parsing \"x\": invalid syntax",
                "{{ humanize $labels }} => error calling humanize: can't convert map[string]string to float",
                "{{ parseDuration \"5 minutes\" }} => error calling parseDuration: not a valid duration string: \"5 minutes\"",
                "{{ toTime \"NaN\" }} => error calling toTime: value is NaN or Inf",
                "{{ match \"(\" \"a\" }} => error calling match: error parsing regexp: missing closing ): `(`",
                "{{ $labels.job.x }} => can't evaluate field x in type string",
            })
    void failsWithTheWordsOfPrometheus(String text, String expected) throws TemplateException {
        AlertTemplate template = AlertTemplate.parse("A", text);
        assertThatThrownBy(() -> template.expand(CONTEXT, sample(1), AT)).hasMessageEndingWith(expected);
        assertThat(template.expandOrExplain(CONTEXT, sample(1), AT))
                .startsWith("<error expanding template: error executing template __alert_A: template: __alert_A:1:")
                .endsWith(expected + ">");
    }

    @Test
    void knowsTheLabelsThatItReads() throws TemplateException {
        AlertTemplate template = AlertTemplate.parse("A", "é {{ $labels.a }}\n{{ if .Labels.b }}{{ $value }}{{ end }}");
        assertThat(template.labelReferences())
                .containsExactly(new AlertTemplate.LabelReference("a", 12), new AlertTemplate.LabelReference("b", 31));
        assertThat(template.readsValue()).isTrue();
        assertThat(AlertTemplate.parse("A", "{{ $labels.a }}").readsValue()).isFalse();
    }

    @Test
    void boundsWhatATemplateMayUse() throws TemplateException {
        TemplateContext tight = new TemplateContext(
                AlertTemplateTest::query, URI.create(""), Labels.EMPTY, Limits.DEFAULT.withMaxOutputBytes(100));
        AlertTemplate template = AlertTemplate.parse("A", "{{ range 1000 }}0123456789{{ end }}");
        assertThatThrownBy(() -> template.expand(tight, sample(1), AT))
                .hasMessageContaining("output exceeds 100 bytes");
    }
}
