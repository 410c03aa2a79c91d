package io.tocsin.gotemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HtmlEscapingTest {

    private static final Map<String, GoFunction> SAFE =
            Map.of("safeHtml", GoFunction.of(a -> new GoValue.Str(HtmlEscaping.HTML, "<b>x</b>"), GoType.STRING));

    private static String render(String template, String value) throws TemplateException {
        Templates templates = Templates.with(SAFE).parse("t", template);
        return templates.executeHtml("t", GoValue.ofMap(Map.of("v", GoValue.of(value))), Limits.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            <p>{{.v}}</p> ~ <b>&'" ~ <p>&lt;b&gt;&amp;&#39;&#34;</p>
            <p>{{.v | html}}</p> ~ <b> ~ <p>&lt;b&gt;</p>
            <p>{{safeHtml .v}}</p> ~ ignored ~ <p><b>x</b></p>
            <a title="{{.v}}"> ~ "><script> ~ <a title="&#34;&gt;&lt;script&gt;">
            <a title={{.v}}> ~ a b ~ <a title=a&#32;b>
            <a href="{{.v}}"> ~ javascript:alert(1) ~ <a href="#ZgotmplZ">
            <a href="{{.v}}"> ~ JaVaScRiPt:alert(1) ~ <a href="#ZgotmplZ">
            <a href="{{.v}}"> ~ https://h/a b?c=d&e=f ~ <a href="https://h/a%20b?c=d&amp;e=f">
            <a href="/s/{{.v}}"> ~ a"b ~ <a href="/s/a%22b">
            <a href="/s?q={{.v}}"> ~ a&b=c ~ <a href="/s?q=a%26b%3Dc">
            <a href="/s?q={{urlquery .v}}"> ~ a&b ~ <a href="/s?q=a%26b">
            <td style="color: {{.v}}"> ~ red ~ <td style="color: red">
            <td style="color: {{.v}}"> ~ red;x:expression(1) ~ <td style="color: ZgotmplZ">
            <a {{.v}}="1"> ~ onclick ~ <a ZgotmplZ="1">
            <!-- {{.v}} -->x ~ --><script> ~ <!--  -->x
            <style>p{color:{{.v}}}</style> ~ </style><script> ~ <style>p{color:ZgotmplZ}</style>
            1 < 2 {{.v}} ~ < ~ 1 < 2 &lt;
            """)
    void isSafeWhereverItIsWritten(String template, String value, String page) throws TemplateException {
        assertThat(render(template, value)).isEqualTo(page);
    }

    @Test
    void nothingIsWrittenIntoScripts() {
        assertThatThrownBy(() -> render("<script>var x = {{.v}}</script>", "1"))
                .isInstanceOf(TemplateException.Execution.class)
                .hasMessageContaining("not written into scripts");
        assertThatThrownBy(() -> render("<a onclick=\"f({{.v}})\">", "1")).hasMessageContaining("scripts");
    }
}
