package io.tocsin.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;

/** Every row of docs/otlp-conformance.md names tests that exist. */
class ConformanceTableTest {

    private static final Pattern TEST = Pattern.compile("`([A-Za-z.]+)\\.([A-Za-z0-9]+)`");
    private static final Set<String> LEVELS = Set.of("MUST", "MUST NOT", "SHOULD", "SHOULD NOT", "MAY", "-");

    /** One row: section, what it asks, how strongly, which tests. */
    private record Row(String section, String level, String asks, String tests) {}

    private static List<Row> rows() throws IOException {
        Path file = Path.of(System.getProperty("tocsin.repository", "..")).resolve("docs/otlp-conformance.md");
        List<Row> rows = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            String[] cells = line.split("\\|", -1);
            if (cells.length == 6
                    && !cells[1].contains("---")
                    && !cells[1].strip().equals("section")) {
                rows.add(new Row(cells[1].strip(), cells[2].strip(), cells[3].strip(), cells[4].strip()));
            }
        }
        return rows;
    }

    @Test
    void theTableIsThere() throws IOException {
        assertThat(rows()).hasSizeGreaterThan(80);
        assertThat(rows()).allSatisfy(row -> {
            assertThat(LEVELS).as("%s", row).contains(row.level());
            assertThat(row.asks()).as("%s", row).isNotEmpty();
            assertThat(row.section()).as("%s", row).isNotEmpty();
        });
    }

    @TestFactory
    Stream<DynamicTest> everyRowNamesTestsThatExist() throws IOException {
        return rows().stream()
                .map(row -> dynamicTest(row.section() + ": " + row.asks(), () -> {
                    Matcher named = TEST.matcher(row.tests());
                    int count = 0;
                    while (named.find()) {
                        assertThat(isTest(named.group(1), named.group(2)))
                                .as(named.group())
                                .isTrue();
                        count++;
                    }
                    assertThat(count).as("tests of %s", row).isPositive();
                }));
    }

    private static boolean isTest(String type, String method) throws ClassNotFoundException {
        for (Method each : Class.forName("io.tocsin.collector." + type).getDeclaredMethods()) {
            if (each.getName().equals(method)) {
                return Stream.of(Test.class, ParameterizedTest.class, Property.class)
                        .anyMatch(annotation -> Arrays.stream(each.getAnnotations())
                                .anyMatch(present -> present.annotationType().equals(annotation)));
            }
        }
        return false;
    }
}
