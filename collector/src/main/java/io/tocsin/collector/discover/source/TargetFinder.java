package io.tocsin.collector.discover.source;

import io.tocsin.collector.discover.Discovered;
import io.tocsin.collector.discover.Discovery;
import io.tocsin.collector.discover.DiscoveryException;
import java.nio.file.Path;
import java.util.List;

/** Asks a source for its targets, all of them. */
@FunctionalInterface
public interface TargetFinder {

    /** Most targets that one answer may have. */
    int MOST_TARGETS = 10_000;

    /** @throws DiscoveryException when the source did not answer as it should; what it said before holds on */
    List<Discovered> find() throws DiscoveryException;

    /**
     * The finder for a source.
     *
     * @param directory that relative paths start from
     */
    static TargetFinder of(Discovery discovery, Path directory) {
        return switch (discovery) {
            case Discovery.Files files -> new FileFinder(files, directory);
            case Discovery.DnsSrv srv -> new DnsSrvFinder(srv);
            case Discovery.HttpSd http -> new HttpSdFinder(http, directory);
            case Discovery.Kubernetes kubernetes -> new KubernetesFinder(kubernetes);
            case Discovery.Docker docker -> new DockerFinder(docker);
        };
    }
}
