package io.tocsin.gotemplate;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

/** Makes up templates, most of them meaningful, by a grammar and a seed. */
final class TemplateGenerator {
    private static final List<String> FIELDS = List.of(
            ".s",
            ".empty",
            ".html",
            ".uni",
            ".n",
            ".zero",
            ".neg",
            ".u",
            ".u8",
            ".i64",
            ".f",
            ".big",
            ".million",
            ".small",
            ".inf",
            ".nan",
            ".f32",
            ".yes",
            ".no",
            ".nil",
            ".list",
            ".strings",
            ".ints",
            ".none",
            ".labels",
            ".counts",
            ".byNumber",
            ".kv",
            ".nilmap",
            ".nilslice",
            ".nilitem",
            ".item",
            ".pointer",
            ".func",
            ".level",
            ".duration",
            ".nested",
            ".nested.x.y",
            ".labels.job",
            ".labels.missing",
            ".counts.a",
            ".counts.zzz",
            ".missing",
            ".missing.more",
            ".item.Name",
            ".item.Next.Name",
            ".item.Next.Next.Name",
            ".pointer.Tags",
            ".item.Nope",
            ".n.Nope",
            ".pointer.Last.Name",
            ".item.Double",
            ".kv.Keys",
            ".kv.a",
            ".item.Any",
            ".s.x",
            ".nested.x.z",
            ".nil.x",
            ".nilitem.Name",
            ".level.String",
            ".duration.Seconds",
            ".time.Unix",
            "$.s",
            "$",
            ".",
            "$.labels.job",
            "$.nested.x.y",
            ".item.Fail",
            ".strings.x");
    private static final List<String> LITERALS = List.of(
            "1",
            "0",
            "-3",
            "42",
            "2.5",
            "1e3",
            "1.0",
            "0x1F",
            "0b101",
            "0o17",
            "017",
            "1_000",
            "'a'",
            "'\\n'",
            "'日'",
            "\"str\"",
            "\"a\\tb\\\"c\"",
            "`raw \\n`",
            "\"%d|%v\"",
            "\"\"",
            "true",
            "false",
            "nil",
            "1i",
            "1+2i",
            "1e400",
            "99999999999999999999",
            "\"\\xff\"",
            "\"日本\"",
            "-0",
            "1e-7",
            "18446744073709551615",
            "0x1p4");
    private static final List<String> VERBS = List.of(
            "%v",
            "%d",
            "%s",
            "%q",
            "%x",
            "%X",
            "%f",
            "%.2f",
            "%8.3f",
            "%-8s|",
            "%08d",
            "%+d",
            "% d",
            "%e",
            "%g",
            "%G",
            "%.3g",
            "%t",
            "%T",
            "%c",
            "%U",
            "%#U",
            "%b",
            "%o",
            "%O",
            "%#o",
            "%#x",
            "%#v",
            "%+v",
            "%5t",
            "%%",
            "%!",
            "%",
            "%z",
            "%*d",
            "%.*f",
            "%[1]d",
            "%[2]v",
            "%[5]d",
            "%6.2f%%",
            "%x",
            "% x",
            "%#q",
            "%+q",
            "%-5d|",
            "%05.1f",
            "%+.2e",
            "%3c|",
            "%10q",
            "%.2s",
            "%+f",
            "% f",
            "%010.2f",
            "%#g",
            "%x",
            "%E",
            "%.0f",
            "%3d|%-3d|",
            "%p");
    private static final List<String> NUMBERS = List.of("$.n", "$.zero", "$.neg", "1", "42", "-3", "0x1F", "'a'");
    private static final List<String> REALS =
            List.of("$.f", "$.big", "$.million", "$.small", "$.inf", "$.nan", "2.5", "1e-7", "1e100", "0.1");
    private static final List<String> TEXTS = List.of(
            "$.s",
            "$.html",
            "$.uni",
            "$.empty",
            "$.labels.job",
            "$.nested.x.y",
            "\"lit\"",
            "`raw`",
            "$.item.Name",
            "$.level.String",
            "(upper $.s)",
            "(print $.n $.f)");
    private static final List<String> LISTS = List.of("$.strings", "$.item.Tags", "$.kv.Keys", "$.none");
    private static final List<String> RANGES = List.of(
            ".list",
            ".strings",
            ".ints",
            ".labels",
            ".counts",
            ".byNumber",
            ".kv",
            ".none",
            ".nilmap",
            ".n",
            ".n",
            ".item.Tags",
            ".kv.Keys",
            ".zero");
    private static final List<String> FUNCTIONS = List.of(
            "eq",
            "ne",
            "lt",
            "le",
            "gt",
            "ge",
            "and",
            "or",
            "not",
            "len",
            "index",
            "slice",
            "print",
            "println",
            "printf",
            "html",
            "js",
            "urlquery",
            "call",
            "upper",
            "add",
            "half",
            "invert",
            "byte",
            "join",
            "fail",
            "id",
            "count",
            "sum",
            "name",
            "answer",
            "none",
            "level");

    private final Random random;
    private int variables;
    /** Whether arguments are chosen to fit, so that the template comes to its end. */
    private boolean tame;

    TemplateGenerator(long seed) {
        random = new Random(seed);
    }

    String next() {
        variables = 0;
        tame = chance(60);
        StringBuilder out = new StringBuilder();
        block(out, 0, false);
        return out.toString();
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private String pick(List<String> items) {
        return items.get(random.nextInt(items.size()));
    }

    private void block(StringBuilder out, int depth, boolean inRange) {
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            out.append(pick(List.of("", "", " ", "text ", "\n", " \t\n ", "é{ ", "}x")));
            node(out, depth, inRange);
        }
        out.append(pick(List.of("", " ", "\n")));
    }

    private String open() {
        return chance(15) ? "{{- " : "{{";
    }

    private String close() {
        return chance(15) ? " -}}" : "}}";
    }

    private void node(StringBuilder out, int depth, boolean inRange) {
        int kind = depth > 3 ? random.nextInt(55) : random.nextInt(100);
        if (kind < 45) {
            out.append(open()).append(pipeline(depth)).append(close());
        } else if (kind < 52) {
            String name = "$v" + variables++;
            out.append(open())
                    .append(name)
                    .append(" := ")
                    .append(pipeline(depth))
                    .append(close());
            out.append("{{").append(name).append("}}");
            if (chance(30)) {
                out.append("{{")
                        .append(name)
                        .append(" = ")
                        .append(pipeline(depth))
                        .append("}}{{")
                        .append(name)
                        .append("}}");
            }
        } else if (kind < 55) {
            out.append(chance(50) ? "{{/* note */}}" : "{{- /* note\n */ -}}");
        } else if (kind < 68) {
            conditional(out, "if", depth, inRange);
        } else if (kind < 78) {
            conditional(out, "with", depth, inRange);
        } else if (kind < 92) {
            range(out, depth);
        } else if (kind < 95) {
            String name = "t" + random.nextInt(1_000_000);
            out.append("{{block \"")
                    .append(name)
                    .append("\" ")
                    .append(operand(depth))
                    .append("}}");
            block(out, depth + 1, false);
            out.append("{{end}}");
        } else if (kind < 97 && inRange) {
            out.append(chance(50) ? "{{break}}" : "{{if .}}{{continue}}{{end}}");
        } else if (tame) {
            out.append(open()).append(pipeline(depth)).append(close());
        } else if (kind < 98) {
            out.append("{{template \"nope\" .}}");
        } else {
            out.append(pick(List.of(
                    "{{end}}",
                    "{{else}}",
                    "{{if}}",
                    "{{.x y z",
                    "{{\"open}}",
                    "{{undefined}}",
                    "{{$q}}",
                    "{{1 | 2}}",
                    "{{(.n}}",
                    "{{.n)}}",
                    "{{ | .n}}",
                    "{{break}}",
                    "{{.n | printf}}",
                    "{{'ab'}}",
                    "{{1.x}}",
                    "{{/* open",
                    "{{#}}",
                    "{{range $a, $b, $c := .list}}{{end}}",
                    "{{.n,}}",
                    "{{true.x}}",
                    "{{nil}}",
                    "{{(nil).x}}",
                    "{{define \"d\"}}x{{end}}",
                    "{{0x}}",
                    "{{\"\\q\"}}",
                    "{{if .n}}x{{else}}y{{else}}z{{end}}")));
        }
    }

    private void conditional(StringBuilder out, String keyword, int depth, boolean inRange) {
        out.append(open()).append(keyword).append(' ');
        if (chance(20)) {
            out.append("$c := ");
        }
        out.append(pipeline(depth)).append(close());
        block(out, depth + 1, inRange);
        if (chance(30)) {
            out.append("{{else ")
                    .append(keyword)
                    .append(' ')
                    .append(pipeline(depth))
                    .append("}}");
            block(out, depth + 1, inRange);
        }
        if (chance(50)) {
            out.append("{{else}}");
            block(out, depth + 1, inRange);
        }
        out.append(open()).append("end").append(close());
    }

    private void range(StringBuilder out, int depth) {
        out.append(open()).append("range ");
        int form = random.nextInt(3);
        out.append(form == 0 ? "" : form == 1 ? "$e := " : "$i, $e := ");
        out.append(chance(70) ? (tame ? "$" : "") + pick(RANGES) : iterable(depth));
        out.append(close());
        if (form > 0) {
            out.append(chance(50) ? "{{$e}}" : "");
            out.append(form == 2 && chance(50) ? "{{$i}}" : "");
        }
        block(out, depth + 1, true);
        if (chance(30)) {
            out.append("{{else}}");
            block(out, depth + 1, false);
        }
        out.append("{{end}}");
    }

    /** Anything but what could be a huge number, over which Go would iterate for hours. */
    private String iterable(int depth) {
        String pipeline = tame ? "$.list" : pipeline(depth);
        boolean huge = Pattern.compile("i64|duration|time|1_000|\\$|'|\\.[ )|]|\\.$")
                .matcher(pipeline)
                .find();
        return huge ? ".list" : pipeline;
    }

    private String fitting(int depth) {
        return switch (random.nextInt(22)) {
            case 0 -> pick(List.of("eq ", "ne ", "lt ", "le ", "gt ", "ge ")) + pick(NUMBERS) + " " + pick(NUMBERS);
            case 1 -> pick(List.of("eq ", "lt ", "ge ")) + pick(REALS) + " " + pick(REALS);
            case 2 -> pick(List.of("eq ", "lt ", "ge ")) + pick(TEXTS) + " " + pick(TEXTS);
            case 3 -> pick(List.of("and ", "or ")) + scalar() + " (" + fitting(depth) + ")";
            case 4 -> pick(List.of("html ", "js ", "urlquery ", "print ", "println ")) + scalar() + " " + scalar();
            case 5 -> "len " + pick(chance(50) ? TEXTS : LISTS);
            case 6 -> pick(LISTS) + " | len";
            case 7 -> "index $.labels " + pick(TEXTS);
            case 8 -> "index $.strings " + random.nextInt(3);
            case 9 -> "slice $.s " + random.nextInt(2) + " " + (2 + random.nextInt(2));
            case 10 ->
                "printf \""
                        + pick(List.of(
                                "%d",
                                "%5d|", "%-6d|", "%+d", "%x", "%#o", "%c", "%q", "%08b", "%U", "%v", "% d", "%#x", "%o",
                                "%T"))
                        + "\" " + pick(NUMBERS);
            case 11, 12, 13 ->
                "printf \""
                        + pick(List.of(
                                "%f",
                                "%.2f", "%e", "%g", "%.3g", "%8.1f|", "%-9.2e|", "%G", "%+.1f", "%v", "%#g", "%06.2f",
                                "%.0f", "%x", "%b", "%.12g", "%.1e", "%s"))
                        + "\" " + pick(REALS);
            case 14 ->
                "printf \""
                        + pick(List.of(
                                "%s",
                                "%q", "%10s|", "%-10s|", "%.3s", "%x", "% X", "%+q", "%#q", "%v", "%T", "%#v", "%d"))
                        + "\" " + pick(TEXTS);
            case 15 -> "printf \"%v %v\" " + scalar() + " " + pick(LISTS);
            case 16 -> "add " + pick(NUMBERS) + " " + pick(NUMBERS) + " | sum 1 2";
            case 17 -> "join " + pick(LISTS) + " \",\" | upper";
            case 18 ->
                "printf \"%#v %+v %T\" "
                        + pick(List.of(
                                "$.labels",
                                "$.strings",
                                "$.list",
                                "$.counts",
                                "$.level",
                                "$.byNumber",
                                "$.kv",
                                "$.duration",
                                "$.nil"))
                        + " " + scalar() + " " + scalar();
            case 19 -> "not (" + fitting(depth) + ")";
            case 20 -> "call $.func " + pick(NUMBERS) + " 2";
            default -> scalar();
        };
    }

    private String scalar() {
        return switch (random.nextInt(4)) {
            case 0 -> pick(NUMBERS);
            case 1 -> pick(REALS);
            case 2 -> pick(TEXTS);
            default ->
                pick(List.of(
                        "$.yes",
                        "$.level",
                        "$.duration",
                        "$.labels",
                        "$.ints",
                        "$.f32",
                        "$.u8",
                        "$.nil",
                        "$.missing",
                        "$.nilmap",
                        "nil",
                        "true"));
        };
    }

    private String pipeline(int depth) {
        if (tame) {
            String fitting = fitting(depth);
            return fitting.equals("nil") ? "1" : fitting;
        }
        StringBuilder out = new StringBuilder(command(depth));
        while (chance(25)) {
            out.append(chance(50) ? " | " : "|").append(function(depth, 1));
        }
        return out.toString();
    }

    private String command(int depth) {
        return chance(45) ? operand(depth) : function(depth, 0);
    }

    private String function(int depth, int given) {
        String name = pick(FUNCTIONS);
        if (name.equals("printf")) {
            StringBuilder out = new StringBuilder("printf \"");
            int verbs = 1 + random.nextInt(3);
            for (int i = 0; i < verbs; i++) {
                out.append(pick(VERBS)).append(pick(List.of("", " ", "|")));
            }
            out.append('"');
            for (int i = random.nextInt(4) - given; i > 0; i--) {
                out.append(' ').append(operand(depth));
            }
            return out.toString();
        }
        StringBuilder out = new StringBuilder(name);
        int count = arity(name) - given;
        for (int i = 0; i < count + (chance(8) ? 1 : 0) - (chance(8) ? 1 : 0); i++) {
            out.append(' ').append(operand(depth));
        }
        return out.toString();
    }

    private int arity(String name) {
        return switch (name) {
            case "answer", "none" -> 0;
            case "not",
                    "len",
                    "upper",
                    "half",
                    "invert",
                    "byte",
                    "fail",
                    "id",
                    "name",
                    "level",
                    "html",
                    "js",
                    "urlquery" -> 1;
            case "call" -> 3;
            case "print", "println", "count", "sum", "and", "or", "slice", "index" -> 1 + random.nextInt(3);
            default -> 2;
        };
    }

    private String operand(int depth) {
        int kind = random.nextInt(100);
        if (kind < 50) {
            return pick(FIELDS);
        }
        if (kind < 75) {
            return pick(LITERALS);
        }
        if (kind < 82 && variables > 0) {
            return "$v" + random.nextInt(variables);
        }
        if (kind < 84) {
            return pick(List.of("answer", "none", "$"));
        }
        return depth > 4
                ? "1"
                : "(" + pipeline(depth + 1) + ")" + (chance(10) ? pick(List.of(".Name", ".x", ".job")) : "");
    }
}
