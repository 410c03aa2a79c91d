package io.tocsin.selfheal.playbook.files;

import io.tocsin.promql.parse.ParserOptions;
import io.tocsin.promql.parse.PromqlParseException;
import io.tocsin.promql.parse.PromqlParser;
import io.tocsin.selfheal.playbook.Inventory;
import io.tocsin.selfheal.playbook.Limits;
import io.tocsin.selfheal.playbook.Playbook;
import io.tocsin.selfheal.playbook.Target;
import io.tocsin.selfheal.playbook.read.InventoryReader;
import io.tocsin.selfheal.playbook.read.OperatorLimitsReader;
import io.tocsin.selfheal.playbook.read.PlaybookContext;
import io.tocsin.selfheal.playbook.read.PlaybookReader;
import io.tocsin.selfheal.playbook.read.Problem;
import io.tocsin.selfheal.playbook.read.Reading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** From the texts of all files to a plan, with every problem of every file. */
public final class PlanReader {

    private PlanReader() {}

    /**
     * Reads them.
     *
     * @param targets texts of {@code targets/*.yaml} by name
     * @param playbooks texts of {@code playbooks/*.yaml} by name
     * @param limits text of the operator's limits by name; empty for the defaults
     */
    public static Reading<Plan> read(
            SortedMap<String, String> targets, SortedMap<String, String> playbooks, SortedMap<String, String> limits) {
        List<Problem> problems = new ArrayList<>();
        Limits global = limits(limits, problems);
        Inventory inventory = inventory(targets, problems);
        PlaybookContext context = PlaybookContext.of(inventory, PlanReader::expressionProblem, global);
        List<Playbook> all = new ArrayList<>();
        Map<String, String> files = new HashMap<>();
        playbooks.forEach((file, text) -> {
            Reading<List<Playbook>> reading = PlaybookReader.read(file, text, context);
            problems.addAll(reading.problems());
            for (Playbook playbook : reading.value()) {
                String other = files.putIfAbsent(playbook.name(), file);
                if (other == null) {
                    all.add(playbook);
                } else {
                    problems.add(new Problem(
                            file, 1, 1, "playbook \"" + playbook.name() + "\" is there already, in " + other));
                }
            }
        });
        return new Reading<>(new Plan(all, inventory, global), problems);
    }

    private static Limits limits(SortedMap<String, String> files, List<Problem> problems) {
        Limits limits = Limits.DEFAULT;
        for (Map.Entry<String, String> file : files.entrySet()) {
            Reading<Limits> reading = OperatorLimitsReader.read(file.getKey(), file.getValue());
            problems.addAll(reading.problems());
            limits = reading.value();
        }
        return limits;
    }

    private static Inventory inventory(SortedMap<String, String> files, List<Problem> problems) {
        List<Target> targets = new ArrayList<>();
        List<Inventory.Maintenance> maintenance = new ArrayList<>();
        Map<String, String> names = new HashMap<>();
        files.forEach((file, text) -> {
            Reading<Inventory> reading = InventoryReader.read(file, text);
            problems.addAll(reading.problems());
            maintenance.addAll(reading.value().maintenance());
            for (Target target : reading.value().targets()) {
                String other = names.putIfAbsent(target.name(), file);
                if (other == null) {
                    targets.add(target);
                } else {
                    problems.add(
                            new Problem(file, 1, 1, "target \"" + target.name() + "\" is there already, in " + other));
                }
            }
        });
        return new Inventory(targets, maintenance);
    }

    private static Optional<String> expressionProblem(String expression) {
        try {
            var _ = PromqlParser.parse(expression, ParserOptions.ALL);
            return Optional.empty();
        } catch (PromqlParseException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
