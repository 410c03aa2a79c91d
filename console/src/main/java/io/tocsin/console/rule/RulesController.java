package io.tocsin.console.rule;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tocsin.console.engine.EngineClient;
import io.tocsin.console.engine.RuleGroup;
import io.tocsin.console.engine.RuleGroup.Rule;
import io.tocsin.console.intake.RuleIntake;
import io.tocsin.console.page.Frame;
import io.tocsin.console.page.Pages;
import io.tocsin.console.page.Section;
import io.tocsin.console.page.Words;
import io.tocsin.console.remote.Answer;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code /rules}: what is evaluated, how often, and whether it works. */
@Controller("/rules")
@ExecuteOn(TaskExecutors.BLOCKING)
final class RulesController {

    private final EngineClient engine;
    private final RuleIntake texts;
    private final Pages pages;

    RulesController(EngineClient engine, RuleIntake texts, Pages pages) {
        this.engine = engine;
        this.texts = texts;
        this.pages = pages;
    }

    @Get
    HttpResponse<String> list(HttpRequest<?> request, @QueryValue(defaultValue = "") String q) {
        Frame frame = pages.frame(request, Section.RULES);
        Answer<List<RuleGroup>> answer = engine.rules();
        List<String> words = List.of(q.strip().toLowerCase(Locale.ROOT).split("\\s+", -1));
        List<RuleGroup> all = answer.or(List.of());
        List<RuleGroup> found = all.stream()
                .map(group -> group.with(group.rules().stream()
                        .filter(rule -> speaksOf(group, rule, words))
                        .toList()))
                .filter(group -> !group.rules().isEmpty())
                .toList();
        return pages.page(
                "rules.jte",
                Map.of(
                        "frame", frame.with(List.of(Words.trouble("The rules are not known", answer))),
                        "groups", found,
                        "count",
                                all.stream()
                                        .mapToInt(group -> group.rules().size())
                                        .sum(),
                        "broken", broken(all),
                        "version", texts.at(frame.now()).version(),
                        "q", q));
    }

    private static long broken(List<RuleGroup> groups) {
        return groups.stream()
                .flatMap(group -> group.rules().stream())
                .filter(rule -> rule.health().equals("err"))
                .count();
    }

    private static boolean speaksOf(RuleGroup group, Rule rule, List<String> words) {
        String text = String.join(
                        " ",
                        group.name(),
                        group.file(),
                        rule.name(),
                        rule.query(),
                        rule.word(),
                        rule.labels().toString())
                .toLowerCase(Locale.ROOT);
        return words.stream().allMatch(text::contains);
    }
}
