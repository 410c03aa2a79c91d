package io.tocsin.collector.remotewrite;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Drops what the silent one of a pair sends, and the label that tells the two apart. */
final class Pairs {

    private final RemoteWriteSettings settings;
    private final HaElection election;

    Pairs(RemoteWriteSettings settings) {
        this.settings = settings;
        this.election = new HaElection(settings.failover());
    }

    private record Replica(String cluster, String name) {}

    /**
     * What is left of a request.
     *
     * @param taken the series that are taken, in their order
     * @param elsewhere what the other one of a pair has sent
     */
    record Heard(List<Series> taken, Written elsewhere) {
        Heard {
            taken = List.copyOf(taken);
        }
    }

    /** Within one request a replica is heard or not as a whole. */
    Heard heard(List<Series> all, long now) {
        Map<Replica, Boolean> decided = new HashMap<>();
        Written elsewhere = Written.NOTHING;
        List<Series> heard = new ArrayList<>(all.size());
        for (Series series : all) {
            String replica = Labels.value(series.labels(), settings.replicaLabel());
            if (replica.isEmpty()) {
                heard.add(series);
                continue;
            }
            String cluster = Labels.value(series.labels(), settings.clusterLabel());
            if (decided.computeIfAbsent(
                    new Replica(cluster, replica), key -> election.hears(key.cluster(), key.name(), now))) {
                heard.add(withoutReplica(series));
            } else {
                elsewhere = elsewhere.plus(Written.of(series));
            }
        }
        return new Heard(heard, elsewhere);
    }

    private Series withoutReplica(Series series) {
        List<Series.Label> labels = new ArrayList<>(series.labels());
        labels.removeIf(label -> label.name().equals(settings.replicaLabel()));
        return new Series(labels, series.samples(), series.histograms(), series.exemplars(), series.family());
    }
}
