package io.tocsin.collector.probe;

import io.tocsin.collector.discover.Discovery;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What probes.yaml says.
 *
 * @param prober who this is, as a label; the collector's id when it is not given
 */
public record ProbeFile(Optional<String> prober, List<Probe> probes, List<Expected> expected) {

    /** No probes at all. */
    public static final ProbeFile EMPTY = new ProbeFile(Optional.empty(), List.of(), List.of());

    public ProbeFile {
        probes = List.copyOf(probes);
        expected = List.copyOf(expected);
    }

    /** The sources that must be asked. */
    public Set<Discovery> discoveries() {
        return Stream.concat(
                        probes.stream().map(Probe::targets), expected.stream().map(Expected::targets))
                .flatMap(source -> source.discoveries().stream())
                .collect(Collectors.toUnmodifiableSet());
    }
}
