package io.tocsin.rulesengine.rules.unittest;

import java.time.Duration;
import java.util.List;

/**
 * A file of tests.
 *
 * @param ruleFiles paths and patterns, relative to the file
 * @param groupOrder names of rule groups, in the order of their evaluation; others come first
 * @param fuzzyCompare whether floats may differ by their last bit
 */
record TestFile(
        List<String> ruleFiles,
        Duration evaluationInterval,
        List<String> groupOrder,
        boolean fuzzyCompare,
        List<TestGroup> tests) {
    TestFile {
        ruleFiles = List.copyOf(ruleFiles);
        groupOrder = List.copyOf(groupOrder);
        tests = List.copyOf(tests);
    }
}
