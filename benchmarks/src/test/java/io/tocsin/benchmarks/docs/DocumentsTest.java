package io.tocsin.benchmarks.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.tocsin.benchmarks.BenchCommand;
import io.tocsin.benchmarks.chaos.ChaosCommand;
import io.tocsin.benchmarks.docs.Documents.Block;
import io.tocsin.benchmarks.docs.Documents.Command;
import io.tocsin.standalone.cli.TocsinCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

/** Every command and every YAML block of the documents is run, or parsed by what would read it. */
class DocumentsTest {

    /** What needs no running instance, and changes nothing outside its own directory. */
    private static final List<String> RUN = List.of(
            "rules check",
            "rules test",
            "promql explain",
            "notify check",
            "notify route",
            "notify template",
            "heal check",
            "heal schema",
            "version",
            "completion",
            "init",
            "import",
            "dashboards");

    private static final Pattern PLACEHOLDER = Pattern.compile("[A-Z][A-Z_]*|…|\\.\\.\\.");

    @TempDir
    private Path directory;

    @BeforeEach
    void aConfigurationAsItIsWrittenAtFirst() throws IOException {
        assertThat(run(List.of("init", "--config", directory.resolve("config").toString())))
                .isZero();
        Path playbooks = Files.createDirectories(directory.resolve("config/playbooks"));
        try (var demo = TocsinCommand.class.getResourceAsStream("/config/demo/playbooks/restart-service.yaml")) {
            String text = new String(java.util.Objects.requireNonNull(demo).readAllBytes(), StandardCharsets.UTF_8);
            Files.writeString(playbooks.resolve("restart-service.yaml"), text.replaceAll("@\\w+@", "/usr/bin/true"));
        }
        Path targets = Files.createDirectories(directory.resolve("config/targets"));
        Files.writeString(targets.resolve("shop.yaml"), """
                targets:
                  - {name: shop-1, service: shop, variables: {host: 10.0.0.11, port: 8080, node: node-a}}
                """);
        Files.writeString(directory.resolve("prometheus.yml"), "rule_files: []\nscrape_configs: [{job_name: node}]\n");
        Files.writeString(
                directory.resolve("alertmanager.yml"), "route: {receiver: team}\nreceivers: [{name: team}]\n");
    }

    @Test
    void everyCommandIsOneAndThoseThatCanBeRunSucceed() {
        List<Command> commands = Documents.commands();
        int ran = 0;
        for (Command command : commands) {
            List<String> words =
                    Documents.words(command.line()).stream().skip(1).toList();
            assertThatCode(() -> parse(words))
                    .as(command.place() + ": " + command.line())
                    .doesNotThrowAnyException();
            String line = String.join(" ", words);
            List<String> here = here(words);
            if (RUN.stream().anyMatch(line::startsWith)
                    && here.stream().noneMatch(PLACEHOLDER.asMatchPredicate())
                    && filesExist(here)) {
                assertThat(run(here))
                        .as(command.place() + ": " + command.line())
                        .isZero();
                ran++;
            }
        }
        assertThat(ran).isGreaterThan(8);
        System.out.println(commands.size() + " commands of " + Documents.files().size() + " documents parsed, " + ran
                + " of them run");
    }

    @Test
    void everyShellBlockIsOne() throws Exception {
        int shell = 0;
        for (Block block : Documents.blocks()) {
            if (block.language().equals("sh")) {
                Process bash = new ProcessBuilder("bash", "-n")
                        .redirectErrorStream(true)
                        .start();
                try (var in = bash.getOutputStream()) {
                    in.write(block.text().getBytes(StandardCharsets.UTF_8));
                }
                String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(bash.waitFor(10, TimeUnit.SECONDS)).isTrue();
                assertThat(bash.exitValue()).as(block.place() + ": " + said).isZero();
                shell++;
            }
        }
        System.out.println(shell + " shell blocks parsed by bash");
    }

    @Test
    void everyYamlBlockIsReadByWhatWouldReadIt() throws IOException {
        Set<String> keys = keys();
        int parsed = 0;
        int checked = 0;
        for (Block block : Documents.blocks()) {
            if (block.language().equals("json")) {
                assertThatCode(() -> JsonMapper.shared().readTree(block.text()))
                        .as(block.place())
                        .doesNotThrowAnyException();
            }
            if (!block.language().equals("yaml")) {
                continue;
            }
            Object read =
                    new Load(LoadSettings.builder().setLabel(block.place()).build()).loadFromString(block.text());
            parsed++;
            if (read instanceof Map<?, ?> map && check(block, map, keys)) {
                checked++;
            }
        }
        assertThat(checked).isGreaterThan(8);
        System.out.println(parsed + " YAML blocks parsed, " + checked + " of them checked by their module");
    }

    @Test
    void everyLinkLeadsSomewhere() {
        assertThat(Documents.brokenLinks()).isEmpty();
    }

    private boolean check(Block block, Map<?, ?> map, Set<String> keys) throws IOException {
        // Beside the configuration's targets, which playbooks rest on.
        Path file = Files.writeString(directory.resolve("config/playbooks/block.yaml"), block.text());
        if (map.containsKey("scenarios")) {
            // It rests on other files; the example that it is taken from is run by a test of its own.
            return false;
        }
        if (map.containsKey("groups")) {
            assertThat(run(List.of("rules", "check", file.toString())))
                    .as(block.place())
                    .isZero();
        } else if (map.containsKey("route") && map.containsKey("receivers")) {
            assertThat(run(List.of("notify", "check", file.toString())))
                    .as(block.place())
                    .isZero();
        } else if (map.get("playbooks") instanceof List<?>) {
            assertThat(run(List.of("heal", "check", file.toString())))
                    .as(block.place())
                    .isZero();
        } else if (map.keySet().stream()
                .allMatch(Set.of(
                        "collector",
                        "engine",
                        "notifier",
                        "selfheal",
                        "console",
                        "telemetry",
                        "kafka",
                        "postgres",
                        "query")::contains)) {
            Set<String> used = new TreeSet<>();
            flatten("tocsin", map, used);
            assertThat(used.stream()
                            .filter(key ->
                                    keys.stream().noneMatch(known -> key.equals(known) || key.startsWith(known + "."))))
                    .as(block.place())
                    .isEmpty();
        } else {
            return false;
        }
        Files.delete(file);
        return true;
    }

    /** Keys as the reference has them, and those that the collector's HTTP server takes for itself. */
    private static Set<String> keys() {
        Set<String> keys = new TreeSet<>(Set.of("tocsin.collector.cors-origins", "tocsin.collector.connections.idle"));
        Pattern.compile("(?m)^\\| `(tocsin[^`]+)`")
                .matcher(Documents.read(Documents.REPOSITORY.resolve("docs/configuration-reference.md")))
                .results()
                .forEach(found -> keys.add(found.group(1)));
        return keys;
    }

    private static void flatten(String prefix, Object value, Set<String> flat) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, child) -> flatten(prefix + "." + key, child, flat));
        } else {
            flat.add(prefix);
        }
    }

    private static void parse(List<String> words) {
        Object root = switch (words.getFirst()) {
            case "bench" -> new BenchCommand();
            case "chaos" -> new ChaosCommand();
            default -> new TocsinCommand();
        };
        List<String> arguments =
                words.getFirst().equals("bench") || words.getFirst().equals("chaos")
                        ? words.subList(1, words.size())
                        : words;
        CommandLine line = new CommandLine(root).setCaseInsensitiveEnumValuesAllowed(true);
        var _ = line.parseArgs(arguments.stream()
                .map(word -> PLACEHOLDER.matcher(word).matches() ? "1" : word)
                .toArray(String[]::new));
    }

    /** The words with files where this test has them, patterns expanded. */
    private List<String> here(List<String> words) {
        List<String> here = new ArrayList<>();
        // What is imported goes beside the configuration that is there.
        String config = words.getFirst().equals("import") ? "imported" : "config";
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            boolean output = i > 0 && words.get(i - 1).equals("--out");
            if (word.startsWith("config") || output || (!word.isEmpty() && Files.exists(directory.resolve(word)))) {
                here.add(directory
                        .resolve(word.startsWith("config") ? config + word.substring("config".length()) : word)
                        .toString());
            } else if (word.startsWith("rules/")) {
                here.addAll(expand(word));
            } else {
                here.add(word);
            }
        }
        if (words.getFirst().equals("init") && !words.contains("--config")) {
            here.addAll(List.of("--config", directory.resolve("fresh").toString()));
        }
        if (words.getFirst().equals("dashboards") && !words.contains("--out")) {
            here.addAll(List.of("--out", directory.resolve("grafana").toString()));
        }
        if (line(words).startsWith("notify template") && !words.contains("--config")) {
            here.addAll(List.of(
                    "--config", directory.resolve("config/alertmanager.yml").toString()));
        }
        return here;
    }

    private static String line(List<String> words) {
        return String.join(" ", words);
    }

    private static List<String> expand(String word) {
        Path folder = Documents.REPOSITORY.resolve(word).getParent();
        var matcher = folder.getFileSystem().getPathMatcher("glob:" + word.substring(word.lastIndexOf('/') + 1));
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> matcher.matches(file.getFileName()))
                    .map(Path::toString)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static boolean filesExist(List<String> words) {
        return words.stream()
                .filter(word -> word.endsWith(".yaml") || word.endsWith(".yml"))
                .allMatch(word -> Files.exists(Path.of(word)));
    }

    /** Runs a command without its output, and returns its exit code. */
    private static int run(List<String> words) {
        PrintStream before = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        int status;
        try {
            status = TocsinCommand.run(words.toArray(String[]::new));
        } finally {
            System.setOut(before);
        }
        if (status != 0) {
            System.out.println(String.join(" ", words) + ":\n" + said.toString(StandardCharsets.UTF_8));
        }
        return status;
    }
}
