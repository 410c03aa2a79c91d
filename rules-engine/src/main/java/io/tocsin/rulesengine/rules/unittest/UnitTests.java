package io.tocsin.rulesengine.rules.unittest;

import com.google.re2j.Pattern;
import io.tocsin.rulesengine.rules.Problem;
import io.tocsin.rulesengine.rules.Problems;
import io.tocsin.rulesengine.rules.RuleFileParser;
import io.tocsin.rulesengine.rules.RuleFiles;
import io.tocsin.rulesengine.rules.YamlText;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs files of rule unit tests, in the format of {@code promtool test rules}. */
public final class UnitTests {
    private final @Nullable Pattern only;
    private final boolean ignoreUnknownFields;

    /**
     * What to run.
     *
     * @param only a regular expression that a test's name must contain a match of; null for all tests
     * @param ignoreUnknownFields whether rule files may have fields that nobody knows
     */
    public UnitTests(@Nullable String only, boolean ignoreUnknownFields) {
        this.only = only == null ? null : Pattern.compile(only);
        this.ignoreUnknownFields = ignoreUnknownFields;
    }

    /**
     * Runs the tests of a file. A file that cannot be used is one failed result without a name.
     *
     * @throws IOException if the file or a rule file cannot be read
     */
    public List<UnitTestResult> run(Path file) throws IOException {
        Problems problems = new Problems();
        TestFile tests = new TestFileReader(new YamlText(file.toString(), Files.readString(file), problems)).read();
        SequencedMap<String, String> texts = new LinkedHashMap<>();
        for (Path ruleFile : ruleFiles(file, tests.ruleFiles(), problems)) {
            texts.put(ruleFile.toString(), Files.readString(ruleFile));
        }
        RuleFiles rules = RuleFileParser.parse(texts, ignoreUnknownFields);
        List<String> errors = new ArrayList<>();
        problems.sorted().stream()
                .filter(Problem::isError)
                .map(Problem::toString)
                .forEach(errors::add);
        rules.errors().stream().map(Problem::toString).forEach(errors::add);
        if (!errors.isEmpty()) {
            return List.of(new UnitTestResult(file.toString(), "", errors));
        }
        return tests.tests().stream()
                .filter(test -> only == null || only.matcher(named(test)).find())
                .map(test -> new UnitTestResult(
                        file.toString(), test.name(), new TestRun(tests, test, rules.ruleSet()).run()))
                .toList();
    }

    /** A test without a name of its own is selected as one with an empty name. */
    private static String named(TestGroup test) {
        return test.name().startsWith("unnamed#") ? "" : test.name();
    }

    /** The rule files by path or pattern, relative to the test file; a pattern without a match is no error. */
    private static List<Path> ruleFiles(Path file, List<String> patterns, Problems problems) throws IOException {
        Path base = file.toAbsolutePath().getParent();
        List<Path> found = new ArrayList<>();
        for (String pattern : patterns) {
            List<Path> matches = matches(base == null ? Path.of("/") : base, pattern);
            if (matches.isEmpty()) {
                problems.warning(new YamlText(file.toString(), "", problems).start(), "no file matches " + pattern);
            }
            found.addAll(matches);
        }
        return found;
    }

    private static List<Path> matches(Path base, String pattern) throws IOException {
        boolean literal = pattern.chars().noneMatch(c -> "*?[".indexOf(c) >= 0);
        if (literal) {
            Path path = base.resolve(pattern).normalize();
            return Files.exists(path) ? List.of(path) : List.of();
        }
        Path from = base;
        String rest = pattern;
        if (pattern.startsWith("/")) {
            from = Path.of("/");
            rest = pattern.substring(1);
        }
        while (rest.contains("/")
                && rest.substring(0, rest.indexOf('/')).chars().noneMatch(c -> "*?[".indexOf(c) >= 0)) {
            from = from.resolve(rest.substring(0, rest.indexOf('/')));
            rest = rest.substring(rest.indexOf('/') + 1);
        }
        Path root = from.normalize();
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + rest.replace("{", "\\{"));
        int depth = (int) rest.chars().filter(c -> c == '/').count() + 1;
        try (Stream<Path> walk = Files.walk(root, depth)) {
            return walk.filter(path -> matcher.matches(root.relativize(path)))
                    .sorted()
                    .toList();
        }
    }
}
