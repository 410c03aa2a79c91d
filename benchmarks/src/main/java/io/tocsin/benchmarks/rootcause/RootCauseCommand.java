package io.tocsin.benchmarks.rootcause;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code tocsin bench rootcause DIR}: the rank of the true cause of each recorded fault, and a line of JSON. */
@Command(
        name = "rootcause",
        description = "Ranks the causes of recorded faults (the layout of Amazon's PetShop data set).",
        mixinStandardHelpOptions = true)
public final class RootCauseCommand implements Callable<Integer> {

    private static final int THREE = 3;

    @Parameters(description = "Directory with scenarios: graph.csv, noissue/metrics.csv, */issue_*/.")
    private Path directory = Path.of(".");

    @Option(names = "--faults", description = "Prints the rank of every fault.")
    private boolean each;

    @Override
    public Integer call() throws IOException {
        List<Integer> all = new ArrayList<>();
        for (Path scenario : scenarios()) {
            List<Integer> ranks = new ArrayList<>();
            for (Path target : targets(scenario)) {
                ranks.add(rank(scenario, target));
            }
            System.out.println(scenario.getFileName() + ": " + shares(ranks));
            all.addAll(ranks);
        }
        System.out.println(JsonMapper.shared().writeValueAsString(shares(all)));
        return all.isEmpty() ? 1 : 0;
    }

    private List<Path> scenarios() throws IOException {
        try (Stream<Path> files = Files.walk(directory, THREE)) {
            return files.filter(file -> file.getFileName().toString().equals("graph.csv"))
                    .map(Path::getParent)
                    .sorted()
                    .toList();
        }
    }

    private static List<Path> targets(Path scenario) throws IOException {
        try (Stream<Path> files = Files.walk(scenario)) {
            return files.filter(file -> file.getFileName().toString().equals("target.json"))
                    .sorted()
                    .toList();
        }
    }

    private int rank(Path scenario, Path target) throws IOException {
        JsonNode truth = JsonMapper.shared().readTree(Files.readString(target));
        Issue issue = new Issue(
                Recording.read(usual(scenario)),
                Recording.read(target.resolveSibling("metrics.csv")),
                Recording.calls(scenario.resolve("graph.csv")));
        String cause = truth.path("root_cause").path("node").asString("");
        List<String> causes = issue.causesAt(truth.path("target").path("node").asString(""));
        int rank = causes.indexOf(cause) + 1;
        if (each) {
            System.out.println("  " + directory.relativize(target.getParent()) + ": " + cause + " is "
                    + (rank == 0 ? "not among " + causes : "number " + rank));
        }
        return rank;
    }

    /** What the system does without faults; a scenario that lacks it has that of a neighbour. */
    private static Path usual(Path scenario) throws IOException {
        Path own = scenario.resolve("noissue/metrics.csv");
        if (Files.exists(own)) {
            return own;
        }
        try (Stream<Path> neighbours = Files.list(scenario.resolveSibling("."))) {
            return neighbours
                    .map(neighbour -> neighbour.resolve("noissue/metrics.csv"))
                    .filter(Files::exists)
                    .sorted()
                    .findFirst()
                    .orElseThrow(() -> new IOException("no fault-free metrics beside " + scenario));
        }
    }

    private static Map<String, Object> shares(List<Integer> ranks) {
        Map<String, Object> shares = new LinkedHashMap<>();
        shares.put("faults", ranks.size());
        shares.put("top1", ranks.stream().filter(rank -> rank == 1).count());
        shares.put(
                "top3",
                ranks.stream().filter(rank -> rank >= 1 && rank <= THREE).count());
        shares.put("not_named", ranks.stream().filter(rank -> rank == 0).count());
        return shares;
    }
}
