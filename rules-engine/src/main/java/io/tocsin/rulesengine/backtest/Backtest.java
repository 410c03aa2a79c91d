package io.tocsin.rulesengine.backtest;

import io.tocsin.contracts.v1.RuleSetVersion;
import io.tocsin.rulesengine.recording.LogSource;
import io.tocsin.rulesengine.recording.Span;
import io.tocsin.rulesengine.rules.Condition;
import io.tocsin.rulesengine.rules.Lookback;
import io.tocsin.rulesengine.rules.Problem;
import io.tocsin.rulesengine.rules.Rule;
import io.tocsin.rulesengine.rules.RuleFileParser;
import io.tocsin.rulesengine.rules.RuleFiles;
import io.tocsin.rulesengine.rules.RuleGroup;
import io.tocsin.rulesengine.rules.RuleSet;
import io.tocsin.rulesengine.rules.apply.RuleVersions;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Compares rules that are to be deployed with those that are, over a log of the past.
 *
 * @param source where the log is
 * @param standardInterval interval of rule groups that name none
 * @param span what is reported
 */
public record Backtest(LogSource source, Duration standardInterval, Span span) {

    private static final String CANDIDATE = "candidate";
    /** As long a new series is only observed by a spike rule. */
    private static final Duration LEARNING = Duration.ofHours(24);

    /** What came of it. */
    public sealed interface Outcome {

        /** The files are wrong. */
        record Refused(List<Problem> problems) implements Outcome {}

        /** The log has no tick in the span. */
        record Empty() implements Outcome {}

        record Done(BacktestReport report) implements Outcome {}
    }

    /**
     * Runs both over the log. The files take the place of deployed ones with the same names; what other deployed files
     * record is there for both.
     *
     * @param files texts by name
     * @throws IOException when the log cannot be read
     */
    public Outcome run(SequencedMap<String, String> files) throws IOException {
        RuleFiles candidate = RuleFileParser.parse(files, false);
        if (!candidate.isValid()) {
            return new Outcome.Refused(candidate.problems());
        }
        Past past = Past.read(source, Span.WHOLE);
        Optional<RuleSetVersion> newest = RuleVersions.newest(past.rules());
        SequencedMap<String, String> deployed = newest.map(RuleVersions::texts).orElseGet(LinkedHashMap::new);
        SequencedMap<String, String> planned = new LinkedHashMap<>(deployed);
        planned.keySet().removeIf(name -> !files.containsKey(name) && !records(name, deployed));
        planned.putAll(files);
        RuleFiles together = RuleFileParser.parse(planned, false);
        if (!together.isValid()) {
            return new Outcome.Refused(together.problems());
        }
        Rerun would = rerun(past, planned, together.ruleSet());
        if (would.lastTickMs() < would.firstTickMs() || would.lastTickMs() < span.fromMs()) {
            return new Outcome.Empty();
        }
        Optional<Rerun> does =
                deployed.isEmpty() ? Optional.empty() : Optional.of(rerun(past, deployed, parsed(deployed)));
        return new Outcome.Done(BacktestReport.of(
                rules(candidate.ruleSet()),
                rules(parsed(deployed)),
                files.keySet(),
                would,
                does,
                span,
                warmUp(candidate.ruleSet()).toMillis()));
    }

    private static RuleSet parsed(SequencedMap<String, String> texts) {
        return RuleFileParser.parse(texts, true).ruleSet();
    }

    private static boolean records(String name, SequencedMap<String, String> texts) {
        return RuleFileParser.parse(name, texts.getOrDefault(name, "")).ruleSet().groups().stream()
                .flatMap(group -> group.rules().stream())
                .anyMatch(Rule.Recording.class::isInstance);
    }

    private Rerun rerun(Past past, SequencedMap<String, String> texts, RuleSet rules) throws IOException {
        return Rerun.of(
                source,
                past,
                standardInterval,
                compiler -> List.of(compiler.compile(CANDIDATE, Long.MIN_VALUE, texts)),
                readSpan(rules));
    }

    /** Who learns, learns from all there is. */
    private Span readSpan(RuleSet rules) {
        return span.fromMs() == Long.MIN_VALUE || learns(rules)
                ? new Span(Long.MIN_VALUE, span.toMs())
                : new Span(span.fromMs() - warmUp(rules).toMillis(), span.toMs());
    }

    /** Windows, {@code for} and what keeps firing are to be as they were at the first tick that is reported. */
    private Duration warmUp(RuleSet rules) {
        Duration held = Duration.ZERO;
        for (Rule.Alerting rule : alerting(rules)) {
            Duration sum = rule.holdFor().plus(rule.keepFiringFor());
            held = sum.compareTo(held) > 0 ? sum : held;
        }
        Duration windows = Lookback.of(rules).plus(held).plus(standardInterval.multipliedBy(2));
        return learns(rules) && windows.compareTo(LEARNING) < 0 ? LEARNING : windows;
    }

    private static boolean learns(RuleSet rules) {
        return alerting(rules).stream().anyMatch(rule -> !(rule.condition() instanceof Condition.Threshold));
    }

    private static List<Rule.Alerting> alerting(RuleSet rules) {
        return rules.groups().stream()
                .flatMap(group -> group.evaluated().stream())
                .filter(Rule.Alerting.class::isInstance)
                .map(Rule.Alerting.class::cast)
                .toList();
    }

    /** The ids of alerting rules, as the compiler gives them, by group and name and number. */
    private static Map<String, String> rules(RuleSet set) {
        Map<String, String> ids = new LinkedHashMap<>();
        for (RuleGroup group : set.groups()) {
            Map<String, Integer> seen = new LinkedHashMap<>();
            for (Rule rule : group.evaluated()) {
                int number = seen.merge(rule.name(), 1, Integer::sum) - 1;
                if (rule instanceof Rule.Alerting) {
                    String name = group.name() + "/" + rule.name() + (number == 0 ? "" : "#" + number);
                    ids.putIfAbsent(
                            name, group.position().file() + ";" + group.name() + "/" + rule.name() + "#" + number);
                }
            }
        }
        return ids;
    }
}
