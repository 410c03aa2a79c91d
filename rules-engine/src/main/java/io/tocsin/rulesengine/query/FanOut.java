package io.tocsin.rulesengine.query;

import io.tocsin.contracts.v1.SelectRequest;
import io.tocsin.contracts.v1.SelectResponse;
import io.tocsin.contracts.v1.SelectedSeries;
import io.tocsin.promql.engine.SeriesSlice;
import io.tocsin.promql.engine.SeriesSource;
import io.tocsin.promql.model.LabelMatcher;
import io.tocsin.promql.model.Labels;
import io.tocsin.rulesengine.query.Peers.Peer;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;

/**
 * Puts a question to all instances: this one answers for its own shards, the others for theirs, each within a deadline.
 * Who does not answer is named, and what the others have is still an answer.
 */
@Singleton
final class FanOut {

    private final LocalSeries local;
    private final Peers peers;
    private final PeerClient client;
    private final QuerySettings settings;

    FanOut(LocalSeries local, Peers peers, PeerClient client, QuerySettings settings) {
        this.local = local;
        this.peers = peers;
        this.client = client;
        this.settings = settings;
    }

    /** A question of a reader; one that another instance asks is not passed on. */
    Question question(Parameters parameters) {
        boolean here = parameters.flag(PeerClient.LOCAL);
        return new Question(here ? List.of() : peers.others(), !here);
    }

    /** One question, by one thread. */
    final class Question implements SeriesSource {

        private final List<Peer> others;
        private final boolean complains;
        private final long deadline = System.nanoTime() + settings.peerTimeout().toNanos();
        private final Map<Peer, String> silent = new LinkedHashMap<>();
        private final TreeSet<String> answered = new TreeSet<>();

        private Question(List<Peer> others, boolean complains) {
            this.others = others;
            this.complains = complains;
        }

        @Override
        public List<SeriesSlice> select(List<LabelMatcher> matchers, long fromMs, long toMs) {
            SelectRequest request = SeriesWire.request(matchers, fromMs, toMs);
            Map<Peer, CompletableFuture<SelectResponse>> asked =
                    ask((peer, within) -> client.select(peer, request, within));
            List<SeriesSlice> own = local.select(matchers, fromMs, toMs);
            if (asked.isEmpty()) {
                return own;
            }
            Map<Labels, SeriesSlice> all = new LinkedHashMap<>();
            own.forEach(slice -> all.put(slice.labels(), slice));
            answers(asked).forEach((peer, response) -> {
                answered.addAll(response.getShardsList());
                for (SelectedSeries series : response.getSeriesList()) {
                    SeriesSlice slice = SeriesWire.decode(series);
                    all.merge(slice.labels(), slice, Slices::join);
                }
                local.bounded(all.size());
            });
            return List.copyOf(all.values());
        }

        /**
         * What the others say to the same question, as JSON.
         *
         * @param path path and query, as a reader asked it
         */
        List<JsonNode> data(String path) {
            Map<Peer, JsonNode> data = answers(ask((peer, within) -> client.data(peer, path, within)));
            data.keySet().forEach(peer -> answered.addAll(peer.shards()));
            return List.copyOf(data.values());
        }

        private <T> Map<Peer, CompletableFuture<T>> ask(BiFunction<Peer, Duration, CompletableFuture<T>> how) {
            Map<Peer, CompletableFuture<T>> asked = new LinkedHashMap<>();
            Duration within = Duration.ofNanos(Math.max(1_000_000, deadline - System.nanoTime()));
            others.stream()
                    // Who did not answer the first selector of a query would not answer the second either.
                    .filter(peer -> !silent.containsKey(peer))
                    .forEach(peer -> asked.put(peer, how.apply(peer, within)));
            return asked;
        }

        private <T> Map<Peer, T> answers(Map<Peer, CompletableFuture<T>> asked) {
            Map<Peer, T> answers = new LinkedHashMap<>();
            asked.forEach((peer, answer) -> {
                try {
                    answers.put(peer, answer.join());
                } catch (CompletionException e) {
                    silent.put(peer, reason(e.getCause() == null ? e : e.getCause()));
                }
            });
            return answers;
        }

        private static String reason(Throwable failure) {
            Throwable cause = failure instanceof UncheckedIOException
                    ? Objects.requireNonNullElse(failure.getCause(), failure)
                    : failure;
            return switch (cause) {
                case HttpTimeoutException timeout -> "it did not answer in time";
                case ConnectException refused -> "nothing listens there";
                default -> String.valueOf(cause.getMessage());
            };
        }

        /** What the answer lacks, as warnings. */
        List<String> missing() {
            if (!complains) {
                return List.of();
            }
            TreeSet<String> named = new TreeSet<>(answered);
            silent.keySet().forEach(peer -> named.addAll(peer.shards()));
            List<String> warnings = new ArrayList<>(away());
            warnings.addAll(local.missing(named));
            return warnings;
        }

        /** The instances that did not answer, as warnings. */
        List<String> away() {
            List<String> warnings = new ArrayList<>();
            silent.forEach((peer, reason) -> warnings.add("partial result: the instance " + peer.address()
                    + " with the shards " + String.join(", ", peer.shards()) + " is away: " + reason));
            return warnings;
        }
    }
}
