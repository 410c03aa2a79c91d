package io.tocsin.rulesengine.rules;

import java.util.List;

/**
 * What files say.
 *
 * @param ruleSet the groups that could be read; to be used only if there is no error
 * @param problems errors and warnings, by position
 */
public record RuleFiles(RuleSet ruleSet, List<Problem> problems) {
    public RuleFiles {
        problems = List.copyOf(problems);
    }

    public boolean isValid() {
        return problems.stream().noneMatch(Problem::isError);
    }

    public List<Problem> errors() {
        return problems.stream().filter(Problem::isError).toList();
    }

    public List<Problem> warnings() {
        return problems.stream().filter(problem -> !problem.isError()).toList();
    }
}
