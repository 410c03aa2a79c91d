package io.tocsin.rulesengine.query;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tocsin.promql.model.GoQuote;
import io.tocsin.promql.model.LabelMatcher;
import io.tocsin.promql.model.Labels;
import io.tocsin.rulesengine.evaluate.EngineView;
import io.tocsin.rulesengine.evaluate.EngineView.AlertView;
import io.tocsin.rulesengine.evaluate.EngineView.GroupView;
import io.tocsin.rulesengine.evaluate.EngineView.RuleView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Shows the rules in force and their alerts, as Grafana reads them. */
@Controller("/api/v1")
@ExecuteOn(TaskExecutors.BLOCKING)
final class RulesController {

    private final Gate gate;
    private final EngineView view;
    private final FanOut fanOut;

    RulesController(Gate gate, EngineView view, FanOut fanOut) {
        this.gate = gate;
        this.view = view;
        this.fanOut = fanOut;
    }

    @Get("/rules")
    HttpResponse<byte[]> rules(HttpRequest<?> request) {
        return gate.answer("rules", request, null, this::rules);
    }

    @Get("/alerts")
    HttpResponse<byte[]> alerts(HttpRequest<?> request) {
        return gate.answer("alerts", request, null, this::alerts);
    }

    private Reply rules(Parameters parameters) {
        Predicate<RuleView> wanted = wanted(parameters);
        Predicate<GroupView> wantedGroup =
                named(parameters, "rule_group[]", GroupView::name).and(named(parameters, "file[]", GroupView::file));
        boolean withAlerts = !parameters.flag("exclude_alerts");
        List<Object> groups = new ArrayList<>();
        for (GroupView group : view.groups()) {
            List<RuleView> rules = group.rules().stream().filter(wanted).toList();
            if (wantedGroup.test(group) && !rules.isEmpty()) {
                groups.add(RuleJson.group(group, rules, withAlerts));
            }
        }
        // Each group is evaluated by one instance.
        FanOut.Question others = fanOut.question(parameters);
        others.data(parameters.question("/api/v1/rules"))
                .forEach(data -> data.path("groups").forEach(groups::add));
        return Reply.of(Map.of("groups", groups)).warning(others.away());
    }

    private static Predicate<RuleView> wanted(Parameters parameters) {
        Predicate<RuleView> ofType = switch (parameters.first("type")) {
            case "" -> rule -> true;
            case "alert" -> RuleView::alerting;
            case "record" -> rule -> !rule.alerting();
            default ->
                throw ApiException.badParameter(
                        "type", "not supported value " + GoQuote.quote(parameters.first("type")));
        };
        List<List<LabelMatcher>> selectors = SeriesController.selectors(parameters);
        return ofType.and(named(parameters, "rule_name[]", RuleView::name))
                .and(rule -> selectors.isEmpty()
                        || selectors.stream().anyMatch(matchers -> matches(Labels.of(rule.labels()), matchers)));
    }

    private static boolean matches(Labels labels, List<LabelMatcher> matchers) {
        return matchers.stream().allMatch(matcher -> matcher.matches(labels));
    }

    private static <T> Predicate<T> named(
            Parameters parameters, String parameter, java.util.function.Function<T, String> name) {
        List<String> names = parameters.all(parameter);
        return item -> names.isEmpty() || names.contains(name.apply(item));
    }

    private Reply alerts(Parameters parameters) {
        List<Object> alerts = new ArrayList<>();
        for (GroupView group : view.groups()) {
            group.rules()
                    .forEach(rule -> rule.alerts().stream()
                            .map(alert -> RuleJson.alert(alert, rule))
                            .forEach(alerts::add));
        }
        for (AlertView alert : view.engineAlerts()) {
            alerts.add(RuleJson.alert(alert));
        }
        FanOut.Question others = fanOut.question(parameters);
        others.data(parameters.question("/api/v1/alerts"))
                .forEach(data -> data.path("alerts").forEach(alerts::add));
        return Reply.of(Map.of("alerts", alerts)).warning(others.away());
    }
}
