package io.tocsin.selfheal.playbook.read;

import io.tocsin.selfheal.playbook.Inventory;
import io.tocsin.selfheal.playbook.Limits;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What a playbook may refer to.
 *
 * @param placeholders names that at least one target of the inventory can fill
 * @param expressionProblem what is wrong with a PromQL expression; empty when nothing is
 * @param limits the operator's limits, which a playbook can only tighten
 */
public record PlaybookContext(
        Set<String> placeholders, Function<String, Optional<String>> expressionProblem, Limits limits) {

    public PlaybookContext {
        placeholders = Set.copyOf(placeholders);
    }

    /** The context that an inventory gives. */
    public static PlaybookContext of(
            Inventory inventory, Function<String, Optional<String>> expressionProblem, Limits limits) {
        Set<String> names = new HashSet<>(Set.of("name", "element", "service", "domain"));
        inventory.targets().forEach(target -> names.addAll(target.values().keySet()));
        return new PlaybookContext(names, expressionProblem, limits);
    }
}
