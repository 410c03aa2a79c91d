package io.tocsin.promql.testscript;

import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.engine.Engine;
import io.tocsin.promql.engine.PromqlException;
import io.tocsin.promql.engine.QueryResult;
import io.tocsin.promql.engine.SeriesSource;
import io.tocsin.promql.model.RangeSeries;
import io.tocsin.promql.model.Sample;
import io.tocsin.promql.model.Value;
import io.tocsin.promql.parse.ParserOptions;
import io.tocsin.promql.parse.PromqlFormatter;
import io.tocsin.promql.parse.PromqlParseException;
import io.tocsin.promql.parse.PromqlParser;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Asks the query of one eval command and collects what differs from its expectation. An instant query is asked again with
 * all selectors pinned by {@code @}, at several times, and each time as the middle step of a range query too.
 */
final class Evaluation {
    private static final long MINUTE_MS = 60_000;
    /** Functions whose result depends on the bounds of the query, so that a range query gives something else. */
    private static final Pattern QUERY_BOUNDS = Pattern.compile("(start|end|range|step)\\(\\)");

    private final Engine engine;
    private final SeriesSource source;

    Evaluation(Engine engine, SeriesSource source) {
        this.engine = engine;
        this.source = source;
    }

    /** The differences; empty if the command does what it says. */
    List<String> check(Command.Eval eval) {
        try {
            Expr expr = PromqlParser.parse(eval.query(), ParserOptions.ALL);
            return switch (eval.times()) {
                case Command.Times.Range range -> checkRange(expr, eval.expectation(), range);
                case Command.Times.Instant instant -> checkInstant(eval, expr, instant.atMs());
            };
        } catch (PromqlParseException e) {
            return failure(eval.expectation(), String.valueOf(e.getMessage()));
        }
    }

    private List<String> checkRange(Expr expr, Expectation expectation, Command.Times.Range range) {
        QueryResult result;
        try {
            result = engine.range(expr, source, range.startMs(), range.endMs(), range.stepMs());
        } catch (PromqlException e) {
            return failure(expectation, String.valueOf(e.getMessage()));
        }
        return compare(expectation, result, range);
    }

    private List<String> checkInstant(Command.Eval eval, Expr expr, long atMs) throws PromqlParseException {
        Expectation expectation = eval.expectation();
        long evalMs = expectation.rangeVector == null ? atMs : expectation.rangeVector.endMs();
        List<String> problems = new ArrayList<>(checkAt(expr, eval.query(), expectation, evalMs));
        Optional<Expr> pinned = AtModifiers.pin(expr, evalMs);
        if (problems.isEmpty() && pinned.isPresent()) {
            // Positions in remarks refer to the text of the pinned query, so it is printed and read again.
            String text = PromqlFormatter.format(pinned.get());
            Expr reread = PromqlParser.parse(text, ParserOptions.ALL);
            for (long time : otherTimes(evalMs)) {
                for (String problem : checkAt(reread, text, expectation, time)) {
                    problems.add("as " + text + " at " + time + " ms: " + problem);
                }
            }
        }
        return problems;
    }

    private static Set<Long> otherTimes(long evalMs) {
        return evalMs == 0
                ? new LinkedHashSet<>(List.of(-1000L, 0L, 1000L))
                : new LinkedHashSet<>(List.of(-10 * evalMs, 0L, evalMs / 5, evalMs, 10 * evalMs));
    }

    private List<String> checkAt(Expr expr, String text, Expectation expectation, long atMs) {
        QueryResult result;
        try {
            result = engine.instant(expr, source, atMs);
        } catch (PromqlException e) {
            return failure(expectation, String.valueOf(e.getMessage()));
        }
        List<String> problems = compare(expectation, result, expectation.rangeVector);
        boolean onlyInstant = expectation.rangeVector != null
                || expectation.string != null
                || expectation.has(Expectation.Kind.FAIL)
                || QUERY_BOUNDS.matcher(text).find();
        if (!problems.isEmpty() || onlyInstant) {
            return problems;
        }
        return checkAsRange(expr, expectation, result.value(), atMs);
    }

    private List<String> checkAsRange(Expr expr, Expectation expectation, Value instant, long atMs) {
        QueryResult result;
        try {
            result = engine.range(expr, source, atMs - MINUTE_MS, atMs + MINUTE_MS, MINUTE_MS);
        } catch (PromqlException e) {
            return List.of("in range mode: " + e.getMessage());
        }
        if (expectation.has(Expectation.Kind.ORDERED)) {
            return List.of();
        }
        if (!(result.value() instanceof Value.MatrixValue matrix)) {
            return List.of("in range mode: expected a matrix, got " + result.value());
        }
        List<Sample> middle = new ArrayList<>();
        for (RangeSeries series : matrix.series()) {
            for (int i = 0; i < series.size(); i++) {
                if (series.timestampsMs()[i] == atMs) {
                    middle.add(new Sample(series.labels(), atMs, series.values()[i], series.histogram(i)));
                }
            }
        }
        boolean scalar = instant instanceof Value.ScalarValue && middle.size() == 1;
        Value value = scalar
                ? new Value.ScalarValue(atMs, middle.getFirst().value())
                : new Value.VectorValue(middle);
        return Comparison.of(expectation, value, null).stream()
                .map(problem -> "in range mode: " + problem)
                .toList();
    }

    private static List<String> failure(Expectation expectation, String message) {
        if (!expectation.has(Expectation.Kind.FAIL)) {
            return List.of("expected a result, got the error: " + message);
        }
        for (Expectation.Message wanted : expectation.of(Expectation.Kind.FAIL)) {
            if (!wanted.matches(message)) {
                return List.of("expected the error " + wanted + ", got: " + message);
            }
        }
        return List.of();
    }

    private static List<String> compare(
            Expectation expectation, QueryResult result, Command.Times.@Nullable Range grid) {
        if (expectation.has(Expectation.Kind.FAIL)) {
            return List.of("expected an error, got a result");
        }
        List<String> problems = new ArrayList<>();
        remarks("warning", expectation.of(Expectation.Kind.WARN), result.warnings(), problems);
        remarks("info", expectation.of(Expectation.Kind.INFO), result.infos(), problems);
        if (expectation.has(Expectation.Kind.NO_WARN) && !result.warnings().isEmpty()) {
            problems.add("expected no warning, got " + result.warnings());
        }
        if (expectation.has(Expectation.Kind.NO_INFO) && !result.infos().isEmpty()) {
            problems.add("expected no info, got " + result.infos());
        }
        if (expectation.someWarning && result.warnings().isEmpty()) {
            problems.add("expected a warning, got none");
        }
        if (expectation.someInfo && result.infos().isEmpty()) {
            problems.add("expected an info, got none");
        }
        problems.addAll(Comparison.of(expectation, result.value(), grid));
        return problems;
    }

    private static void remarks(
            String kind, List<Expectation.Message> wanted, List<String> actual, List<String> problems) {
        if (wanted.isEmpty()) {
            return;
        }
        for (Expectation.Message message : wanted) {
            if (actual.stream().noneMatch(message::matches)) {
                problems.add("expected " + kind + " " + message + ", got " + actual);
            }
        }
        for (String text : actual) {
            if (wanted.stream().noneMatch(message -> message.matches(text))) {
                problems.add("expected no other " + kind + ", got " + text);
            }
        }
    }
}
