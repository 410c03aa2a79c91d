package io.tocsin.promql.testscript;

import com.google.re2j.PatternSyntaxException;
import io.tocsin.promql.model.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a script into commands. What cannot be read becomes a {@link Command.Broken} up to the next blank line, so that
 * one run reports every problem.
 */
final class ScriptParser {
    private static final Pattern LOAD = Pattern.compile("load(_with_nhcb)?\\s+(.+?)");
    private static final Pattern INSTANT =
            Pattern.compile("eval(?:_(fail|warn|ordered|info))?\\s+instant\\s+(?:at\\s+(.+?))?\\s+(.+)");
    private static final Pattern RANGE = Pattern.compile(
            "eval(?:_(fail|warn|info))?\\s+range\\s+from\\s+(.+)\\s+to\\s+(.+)\\s+step\\s+(.+?)\\s+(.+)");
    private static final Pattern EXPECT =
            Pattern.compile("expect\\s+(ordered|fail|warn|no_warn|info|no_info)(?:\\s+(regex|msg):(.+))?");
    private static final Pattern RANGE_VECTOR =
            Pattern.compile("expect range vector\\s+from\\s+(.+)\\s+to\\s+(.+)\\s+step\\s+(.+)");
    private static final Map<String, Expectation.Kind> KINDS = Map.of(
            "ordered", Expectation.Kind.ORDERED,
            "fail", Expectation.Kind.FAIL,
            "warn", Expectation.Kind.WARN,
            "no_warn", Expectation.Kind.NO_WARN,
            "info", Expectation.Kind.INFO,
            "no_info", Expectation.Kind.NO_INFO);

    private final List<String> lines;
    private final List<Command> commands = new ArrayList<>();
    private int next;

    private ScriptParser(String script) {
        lines = script.lines()
                .map(String::trim)
                .map(line -> line.startsWith("#") ? "" : line)
                .toList();
    }

    static List<Command> parse(String script) {
        ScriptParser parser = new ScriptParser(script);
        parser.run();
        return parser.commands;
    }

    private void run() {
        while (next < lines.size()) {
            String line = lines.get(next++);
            if (line.isEmpty()) {
                continue;
            }
            int start = next;
            try {
                commands.add(command(line, start));
            } catch (ScriptException e) {
                commands.add(new Command.Broken(next, e.getMessage()));
                skipBlock();
            }
        }
    }

    private void skipBlock() {
        while (next < lines.size() && !lines.get(next).isEmpty()) {
            next++;
        }
    }

    private Command command(String line, int number) throws ScriptException {
        String word = line.split("[\t ]+", 2)[0].toLowerCase(Locale.ROOT);
        if (word.equals("clear")) {
            return new Command.Clear(number);
        }
        if (word.startsWith("load")) {
            return load(line, number);
        }
        if (word.startsWith("eval")) {
            return eval(line, number);
        }
        throw new ScriptException("invalid command \"" + line + "\", expected load, clear or eval");
    }

    private @Nullable String blockLine() {
        if (next >= lines.size() || lines.get(next).isEmpty()) {
            return null;
        }
        return lines.get(next++);
    }

    private Command load(String line, int number) throws ScriptException {
        Matcher matcher = LOAD.matcher(line);
        if (!matcher.matches()) {
            throw new ScriptException("invalid load command, expected load[_with_nhcb] <step:duration>");
        }
        long step = Durations.parse(matcher.group(2));
        List<Command.Series> series = new ArrayList<>();
        List<OptionalLong> starts = null;
        Labels startsOf = Labels.EMPTY;
        for (String each = blockLine(); each != null; each = blockLine()) {
            if (StartTimes.isStartLine(each)) {
                if (starts != null) {
                    throw new ScriptException("@st line has no following sample line");
                }
                starts = StartTimes.offsets(each);
                startsOf = SeriesDescription.parseMetric(StartTimes.metric(each));
                continue;
            }
            SeriesDescription description = SeriesDescription.parse(each);
            checkStarts(starts, startsOf, description);
            series.add(new Command.Series(next, description, starts));
            starts = null;
        }
        if (starts != null) {
            throw new ScriptException("@st line has no following sample line");
        }
        return new Command.Load(number, step, matcher.group(1) != null, series);
    }

    private static void checkStarts(@Nullable List<OptionalLong> starts, Labels of, SeriesDescription description)
            throws ScriptException {
        if (starts == null) {
            return;
        }
        if (!of.equals(description.labels())) {
            throw new ScriptException("@st metric does not match the following sample line metric");
        }
        if (starts.size() != description.points().size()) {
            throw new ScriptException("@st line has " + starts.size() + " values but sample line has "
                    + description.points().size());
        }
    }

    private Command eval(String line, int number) throws ScriptException {
        Matcher range = RANGE.matcher(line);
        Expectation expectation = new Expectation();
        if (range.matches()) {
            deprecatedForm(range.group(1), expectation);
            Command.Times times = range(range.group(2), range.group(3), range.group(4));
            expectations(expectation, false);
            return new Command.Eval(number, range.group(5), times, expectation);
        }
        Matcher instant = INSTANT.matcher(line);
        if (!instant.matches() || instant.group(2) == null) {
            throw new ScriptException("invalid evaluation command, expected 'eval[_fail|_warn|_ordered|_info] instant at"
                    + " <offset:duration> <query>' or 'eval[_fail|_warn|_info] range from <from> to <to> step <step>"
                    + " <query>'");
        }
        deprecatedForm(instant.group(1), expectation);
        Command.Times times = new Command.Times.Instant(Durations.parse(instant.group(2)));
        expectations(expectation, true);
        return new Command.Eval(number, instant.group(3), times, expectation);
    }

    private static Command.Times.Range range(String from, String to, String step) throws ScriptException {
        long start = Durations.parse(from);
        long end = Durations.parse(to);
        if (end < start) {
            throw new ScriptException("end timestamp (" + to + ") is before start timestamp (" + from + ")");
        }
        return new Command.Times.Range(start, end, Durations.parse(step));
    }

    private static void deprecatedForm(@Nullable String suffix, Expectation expectation) {
        if (suffix == null) {
            return;
        }
        switch (suffix) {
            case "ordered" -> expectation.add(Expectation.Kind.ORDERED, Expectation.Message.ANY);
            case "fail" -> expectation.add(Expectation.Kind.FAIL, Expectation.Message.ANY);
            case "warn" -> expectation.someWarning = true;
            case "info" -> expectation.someInfo = true;
            default -> throw new IllegalStateException(suffix);
        }
    }

    private void expectations(Expectation expectation, boolean instant) throws ScriptException {
        int position = 0;
        for (String line = blockLine(); line != null; line = blockLine()) {
            if (line.startsWith("expected_fail_message") || line.startsWith("expected_fail_regexp")) {
                deprecatedFailure(line, expectation);
            } else if (line.startsWith("expect range vector")) {
                rangeVector(line, expectation);
            } else if (line.startsWith("expect string")) {
                expectation.string = string(line);
            } else if (line.split("[ \t]", 2)[0].equals("expect")) {
                expect(line, expectation);
            } else if (isNumber(line)) {
                expectation.scalar = OptionalDouble.of(Numbers.parse(line));
            } else {
                series(line, ++position, expectation, instant);
            }
        }
        validate(expectation);
    }

    private static void deprecatedFailure(String line, Expectation expectation) throws ScriptException {
        boolean regex = line.startsWith("expected_fail_regexp");
        String text = line.substring((regex ? "expected_fail_regexp" : "expected_fail_message").length())
                .trim();
        expectation.messages.put(
                Expectation.Kind.FAIL,
                List.of(regex ? pattern(text) : new Expectation.Message(text, null)));
    }

    private static void rangeVector(String line, Expectation expectation) throws ScriptException {
        Matcher matcher = RANGE_VECTOR.matcher(line);
        if (!matcher.matches()) {
            throw new ScriptException("invalid range vector definition \"" + line + "\"");
        }
        expectation.rangeVector = range(matcher.group(1), matcher.group(2), matcher.group(3));
    }

    private static String string(String line) throws ScriptException {
        String text = line.substring("expect string".length()).trim();
        Quoted quoted = Quoted.parse(text, 0);
        if (quoted.end() != text.length()) {
            throw new ScriptException("expected string literal not valid - check that the string is correctly quoted");
        }
        return quoted.content();
    }

    private static void expect(String line, Expectation expectation) throws ScriptException {
        Matcher matcher = EXPECT.matcher(line);
        if (!matcher.matches()) {
            throw new ScriptException(
                    "invalid expect statement, must match `expect <type> <match_type>: <string>` format");
        }
        Expectation.Kind kind = KINDS.get(matcher.group(1));
        String how = matcher.group(2);
        if (kind == null) {
            throw new IllegalStateException(line);
        }
        if (how == null) {
            expectation.add(kind, Expectation.Message.ANY);
        } else {
            String text = matcher.group(3).trim();
            expectation.add(kind, how.equals("regex") ? pattern(text) : new Expectation.Message(text, null));
        }
    }

    private static Expectation.Message pattern(String text) throws ScriptException {
        try {
            return new Expectation.Message(null, com.google.re2j.Pattern.compile(text));
        } catch (PatternSyntaxException e) {
            throw new ScriptException("invalid regex " + text + ": " + e.getMessage());
        }
    }

    private static boolean isNumber(String line) {
        try {
            Numbers.parse(line);
            return true;
        } catch (ScriptException e) {
            return false;
        }
    }

    private static void series(String line, int position, Expectation expectation, boolean instant)
            throws ScriptException {
        SeriesDescription series = SeriesDescription.parse(line);
        if (series.points().isEmpty()) {
            throw new ScriptException("expected at least one value for " + series.labels());
        }
        if (instant && series.points().size() > 1 && expectation.rangeVector == null) {
            throw new ScriptException("expecting multiple values in instant evaluation not allowed. consider using"
                    + " 'expect range vector' directive to enable a range vector result for an instant query");
        }
        expectation.series.put(series.labels(), new Expectation.Series(position, series.points()));
    }

    private static void validate(Expectation expectation) throws ScriptException {
        if (expectation.has(Expectation.Kind.INFO) && expectation.has(Expectation.Kind.NO_INFO)) {
            throw new ScriptException("invalid expect lines, info and no_info cannot be used together");
        }
        if (expectation.has(Expectation.Kind.WARN) && expectation.has(Expectation.Kind.NO_WARN)) {
            throw new ScriptException("invalid expect lines, warn and no_warn cannot be used together");
        }
        if (expectation.of(Expectation.Kind.FAIL).size() > 1) {
            throw new ScriptException("invalid expect lines, multiple expect fail lines are not allowed");
        }
        if (expectation.scalar.isPresent() && !expectation.series.isEmpty()) {
            throw new ScriptException("a scalar and series cannot be expected together");
        }
    }
}
