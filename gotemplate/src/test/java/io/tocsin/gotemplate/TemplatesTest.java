package io.tocsin.gotemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What holds without Go at hand; {@link DifferentialTest} compares everything else. */
class TemplatesTest {
    private static final GoValue DATA = GoValue.ofMap(Map.of(
            "name", GoValue.of("wörld"),
            "n", GoValue.of(42),
            "list", GoValue.ofList(List.of(GoValue.of(1), GoValue.of(2.5), GoValue.of("x"))),
            "labels", GoValue.ofStringMap(Map.of("b", "2", "a", "1"))));

    private static String run(String text) throws TemplateException {
        return run(text, Limits.DEFAULT);
    }

    private static String run(String text, Limits limits) throws TemplateException {
        return Templates.with(Map.of()).parse("t", text).execute("t", DATA, limits);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '~',
            value = {
                "Hello, {{.name}}! => Hello, wörld!",
                "{{len .name}} {{printf \"%7s|\" .name}} => 6   wörld|",
                "{{range $i, $e := .list}}{{if $i}},{{end}}{{$e}}{{end}} => 1,2.5,x",
                "{{range $k, $v := .labels}}{{$k}}{{$v}}{{end}} => a1b2",
                "{{with .missing}}x{{else}}{{.n}}{{end}} => 42",
                "{{.missing}} => <no value>",
                "{{printf \"%.3g %5d %q\" 3.14159 .n .name}} => 3.14    42 \"wörld\"",
                "{{if and (gt .n 41) (lt .n 43)}}yes{{end}} => yes",
                "{{block \"b\" .n}}[{{.}}]{{end}} => [42]",
            })
    void executes(String text, String expected) throws TemplateException {
        assertThat(run(text)).isEqualTo(expected);
    }

    @Test
    void saysWhereATemplateFailed() {
        assertThatThrownBy(() -> run("line\n  {{.n.x}}"))
                .isInstanceOf(TemplateException.Execution.class)
                .hasMessage("template: t:2:6: executing \"t\" at <.n.x>: can't evaluate field x in type interface {}");
        assertThatThrownBy(() -> run("line\n{{if}}"))
                .isInstanceOfSatisfying(
                        TemplateException.Parse.class, e -> assertThat(e.line()).isEqualTo(2))
                .hasMessage("template: t:2: missing value for if");
    }

    @Test
    void stopsWhenTheOutputIsTooLong() {
        Limits limits = Limits.DEFAULT.withMaxOutputBytes(50);
        for (String text : List.of(
                "{{range 100}}x{{end}}",
                "{{printf \"%1000d\" 1}}",
                "{{$x := \"0123456789\"}}{{range 10}}{{$x = print $x $x}}{{end}}",
                "{{html \"<<<<<<<<<<<<<<<<<<<<\"}}",
                "{{println .list .list .list .list .list .list .list}}")) {
            assertThatThrownBy(() -> run(text, limits)).as(text).hasMessageContaining("output exceeds 50 bytes");
        }
    }

    @Test
    void stopsWhenThereAreTooManySteps() {
        assertThatThrownBy(() -> run("{{range 1000000000}}{{end}}", Limits.DEFAULT.withMaxSteps(1000)))
                .hasMessageContaining("exceeded maximum of 1000 steps");
    }

    @Test
    void stopsWhenTheTimeIsUp() {
        AtomicInteger asked = new AtomicInteger();
        Limits limits = Limits.DEFAULT.withExpiry(() -> asked.incrementAndGet() == 3);
        assertThatThrownBy(() -> run("{{range 1000000}}{{end}}", limits))
                .hasMessageContaining("exceeded the time limit");
        assertThat(asked).hasValue(3);
    }

    @Test
    void stopsWhenTemplatesCallEachOtherTooDeep() {
        assertThatThrownBy(() -> run("{{define \"r\"}}{{template \"r\"}}{{end}}{{template \"r\"}}"))
                .hasMessageContaining("exceeded maximum template depth (100)");
    }

    @Test
    void refusesNestingThatCouldExhaustTheStack() {
        assertThatThrownBy(() -> run("{{" + "(".repeat(100_000) + "1" + ")".repeat(100_000) + "}}"))
                .hasMessage("template: t:1: max expression depth exceeded");
        assertThatThrownBy(() -> run("{{if 1}}".repeat(100_000) + "{{end}}".repeat(100_000)))
                .hasMessage("template: t:1: max expression depth exceeded");
        assertThatThrownBy(() -> run("{{if 0}}" + "{{else if 0}}".repeat(100_000) + "{{end}}"))
                .hasMessage("template: t:1: max expression depth exceeded");
    }

    @Test
    void leavesASetAsItIsWhenItIsExtended() throws TemplateException {
        Templates base = Templates.with(Map.of()).parse("lib", "{{define \"greet\"}}hi {{.}}{{end}}");
        Templates extended = base.parse("t", "{{define \"greet\"}}hello {{.}}{{end}}{{template \"greet\" .}}");
        assertThat(extended.execute("t", GoValue.of("a"), Limits.DEFAULT)).isEqualTo("hello a");
        assertThat(base.execute("greet", GoValue.of("a"), Limits.DEFAULT)).isEqualTo("hi a");
        assertThat(extended.names()).containsExactly("greet", "lib", "t");
    }

    @Test
    void keepsATemplateThatAnEmptyOneWouldReplace() throws TemplateException {
        Templates templates = Templates.with(Map.of())
                .parse("a", "{{define \"x\"}}full{{end}}")
                .parse("b", "{{define \"x\"}}  {{end}}");
        assertThat(templates.execute("x", GoValue.of(1), Limits.DEFAULT)).isEqualTo("full");
    }

    @Test
    void letsFunctionsReplaceBuiltInOnes() throws TemplateException {
        Templates templates = Templates.with(Map.of("len", GoFunction.of(a -> GoValue.of("mine"), GoType.ANY)));
        assertThat(templates.parse("t", "{{len 3}}").execute("t", DATA, Limits.DEFAULT))
                .isEqualTo("mine");
    }

    @Test
    void reportsATemplateThatIsNotThere() {
        assertThatThrownBy(() -> Templates.with(Map.of()).execute("nope", DATA, Limits.DEFAULT))
                .hasMessageContaining("no template \"nope\"");
    }

    @Test
    void listsWhatATemplateReads() throws TemplateException {
        Templates templates = Templates.with(Map.of())
                .parse("t", "é{{$x := .a.b}}{{$x.c}}{{range .list}}{{.inner}}{{$.d}}{{end}}{{with .w}}{{.v}}{{end}}");
        assertThat(templates.references("t"))
                .extracting(Templates.Reference::names)
                .containsExactly(
                        List.of("", "a", "b"),
                        List.of("$x", "c"),
                        List.of("", "list"),
                        List.of("$", "d"),
                        List.of("", "w"));
        assertThat(templates.references("t").getFirst().offset()).isEqualTo(11);
    }

    @Property(tries = 2_000)
    void endsWithAResultOrAnErrorForAnyText(
            @ForAll @StringLength(max = 40) String noise, @ForAll @AlphaChars String word) {
        for (String text : List.of(noise, "{{" + noise + "}}", "{{" + word + " " + noise + "}}{{end}}")) {
            try {
                run(text);
            } catch (TemplateException e) {
                assertThat(e.getMessage()).startsWith("template: t:");
            }
        }
    }

    @Property
    void writesFloatsThatReadBackAsTheSame(@ForAll double value) {
        assertThat(Double.parseDouble(GoFloat.format(value, 'g', -1, 64).replace("Inf", "Infinity")))
                .isEqualTo(value);
    }
}
