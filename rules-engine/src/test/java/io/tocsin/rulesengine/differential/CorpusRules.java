package io.tocsin.rulesengine.differential;

import io.tocsin.promql.ast.Expr;
import io.tocsin.rulesengine.rules.Condition;
import io.tocsin.rulesengine.rules.Rule;
import io.tocsin.rulesengine.rules.RuleFileParser;
import io.tocsin.rulesengine.rules.RuleFiles;
import io.tocsin.rulesengine.rules.RuleGroup;
import io.tocsin.rulesengine.rules.SharedData;
import io.tocsin.rulesengine.rules.compile.Ranges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/** Alerting rules that people run, each in a group of its own, with what differs from Prometheus on purpose turned off. */
final class CorpusRules {

    private static final long LONGEST_REACH_MS = 5 * 60_000;
    private static final long LONGEST_FOR_MS = 60_000;

    /** A rule: its name here, the expression as text and as it was read, how long it must hold. */
    record Candidate(String name, String text, Expr expr, long forMs) {}

    private CorpusRules() {}

    /** Rules that look back no longer than the data go, each expression once. */
    static List<Candidate> candidates(int most) throws IOException {
        List<Candidate> candidates = new ArrayList<>();
        Set<Expr> seen = new HashSet<>();
        for (Path file : SharedData.ruleFiles(SharedData.folder("rules-corpus"))) {
            for (Rule rule : rules(file)) {
                if (candidates.size() < most
                        && rule instanceof Rule.Alerting alerting
                        && alerting.condition() instanceof Condition.Threshold
                        && Ranges.reach(alerting.expression().expr()) <= LONGEST_REACH_MS
                        && seen.add(alerting.expression().expr())) {
                    candidates.add(new Candidate(
                            "R" + candidates.size(),
                            alerting.expression().text(),
                            alerting.expression().expr(),
                            Math.min(LONGEST_FOR_MS, alerting.holdFor().toMillis())));
                }
            }
        }
        return candidates;
    }

    private static List<Rule> rules(Path file) throws IOException {
        LinkedHashMap<String, String> texts = new LinkedHashMap<>();
        texts.put(file.getFileName().toString(), Files.readString(file));
        RuleFiles files = RuleFileParser.parse(texts, false);
        return files.isValid()
                ? files.ruleSet().groups().stream()
                        .map(RuleGroup::evaluated)
                        .flatMap(List::stream)
                        .toList()
                : List.of();
    }

    /** One rule file of them all. */
    static String file(List<Candidate> candidates) {
        StringBuilder text = new StringBuilder("groups:\n");
        for (Candidate candidate : candidates) {
            text.append("  - name: ").append(candidate.name()).append("\n    interval: 15s\n    rules:\n");
            text.append("      - alert: ").append(candidate.name()).append('\n');
            text.append("        when_missing: resolve\n");
            text.append("        for: ").append(candidate.forMs()).append("ms\n");
            text.append("        expr: |2-\n");
            candidate
                    .text()
                    .lines()
                    .forEach(line -> text.append("          ").append(line).append('\n'));
        }
        return text.toString();
    }
}
