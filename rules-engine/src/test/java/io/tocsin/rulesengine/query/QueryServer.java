package io.tocsin.rulesengine.query;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.tocsin.rulesengine.RulesEngineConfig;
import io.tocsin.rulesengine.evaluate.EngineView;
import io.tocsin.rulesengine.rules.apply.RulePublisher;
import io.tocsin.rulesengine.rules.compile.EngineRules;
import io.tocsin.rulesengine.shard.LocalShards;
import io.tocsin.rulesengine.shard.OpenShards;
import io.tocsin.rulesengine.store.SampleStore;
import io.tocsin.rulesengine.store.StoreLimits;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The query API over stores that a test fills: a real HTTP server, without Kafka. */
final class QueryServer implements AutoCloseable {

    static final long NOW = 1_700_000_000_000L;

    final LocalShards shards = new LocalShards();
    final Map<String, SampleStore> stores = new LinkedHashMap<>();
    final EngineView view = new EngineView();
    final EngineRules rules = new EngineRules();
    private final ApplicationContext context;
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI base;

    record Answer(int status, JsonNode json) {
        JsonNode data() {
            return json.path("data");
        }

        String error() {
            return json.path("errorType").asString() + ": " + json.path("error").asString();
        }
    }

    QueryServer(Map<String, Object> properties, Map<String, Object> kafka) {
        for (String shard : new String[] {"metrics/0", "metrics/1", "spans/0", "spans/1"}) {
            SampleStore store = new SampleStore(StoreLimits.DEFAULT);
            stores.put(shard, store);
            OpenShards.open(shards, shard, store);
        }
        Map<String, Object> all = new HashMap<>(properties);
        all.put("tocsin.module", "rules-engine");
        all.put("micronaut.server.port", -1);
        all.put("micronaut.server.host", "127.0.0.1");
        RulesEngineConfig standard = RulesEngineConfig.STANDALONE;
        RulesEngineConfig config = new RulesEngineConfig(
                2,
                standard.evaluatePartitions(),
                standard.environmentPartitions(),
                standard.baseTick(),
                standard.standardInterval(),
                standard.spanInterval(),
                standard.replay(),
                standard.storeLimits(),
                standard.convergence(),
                standard.externalUrl());
        Clock clock = Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC);
        context = ApplicationContext.builder()
                .properties(all)
                .deduceEnvironment(false)
                .banner(false)
                .beansPredicate(type -> !isOfTheTopology(type.getBeanType()))
                .singletons(
                        shards,
                        config,
                        view,
                        rules,
                        clock,
                        (Peers) List::of,
                        new RulePublisher(kafka, Duration.ofSeconds(1), Clock.systemUTC()))
                .build()
                .start();
        EmbeddedServer server = context.getBean(EmbeddedServer.class).start();
        base = server.getURI();
    }

    QueryServer() {
        this(Map.of(), Map.of());
    }

    private static boolean isOfTheTopology(Class<?> type) {
        return type.getPackageName().equals("io.tocsin.rulesengine")
                || type.getPackageName().startsWith("org.apache.kafka")
                || type == LocalShards.class
                || type == EngineView.class
                || type == EngineRules.class
                || type == Clock.class
                || type == RulePublisher.class
                || type == Peers.class
                || type.getPackageName().equals("io.tocsin.rulesengine.heartbeat");
    }

    PrometheusRegistry registry() {
        return context.getBean(PrometheusRegistry.class);
    }

    /** The text after "?" of an address, or a form: name, value, name, value. */
    static String form(String... pairs) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < pairs.length; i += 2) {
            out.append(i == 0 ? "" : "&")
                    .append(URLEncoder.encode(pairs[i], StandardCharsets.UTF_8))
                    .append('=')
                    .append(URLEncoder.encode(pairs[i + 1], StandardCharsets.UTF_8));
        }
        return out.toString();
    }

    Answer get(String path, String... pairs) {
        return send(request(pairs.length == 0 ? path : path + "?" + form(pairs)));
    }

    Answer post(String path, String... pairs) {
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form(pairs))));
    }

    Answer postJson(String path, String body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), JsonMapper.shared().readTree(response.body()));
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(60));
    }

    @Override
    public void close() {
        http.close();
        context.close();
    }
}
