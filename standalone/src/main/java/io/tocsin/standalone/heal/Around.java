package io.tocsin.standalone.heal;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Where what playbooks are read against is, when it is not where a configuration directory has it. */
final class Around {

    @Option(
            names = "--targets",
            paramLabel = "FILE|DIR",
            description = "the inventory (default: the folder targets beside that of the playbooks)")
    private List<Path> targets = List.of();

    @Option(
            names = "--limits",
            paramLabel = "FILE",
            description = "the operator's limits (default: selfheal.yaml beside the folder of the playbooks)")
    private List<Path> limits = List.of();

    List<Path> targets() {
        return targets;
    }

    List<Path> limits() {
        return limits;
    }
}
