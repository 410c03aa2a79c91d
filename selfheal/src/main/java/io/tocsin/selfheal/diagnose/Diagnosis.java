package io.tocsin.selfheal.diagnose;

import io.tocsin.selfheal.action.CommandRunner;
import io.tocsin.selfheal.guardrail.Fleet;
import io.tocsin.selfheal.guardrail.Surroundings.Confirmation;
import io.tocsin.selfheal.guardrail.Surroundings.Silence;
import io.tocsin.selfheal.playbook.Check;
import io.tocsin.selfheal.playbook.Inventory;
import io.tocsin.selfheal.playbook.Target;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * The questions that decisions and verifications rest on. Whatever cannot be found out is said to be unknown, never to be
 * well.
 */
public final class Diagnosis implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Diagnosis.class);
    private static final Duration PROBE = Duration.ofSeconds(2);
    private static final Duration ASK = Duration.ofSeconds(5);
    private static final String STALLED = "TocsinPipelineStalled";

    private final Web web = new Web();
    private final URI query;
    private final URI notifier;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * @param query the rules engine's query API
     * @param notifier the notifier's API
     */
    public Diagnosis(URI query, URI notifier) {
        this.query = query;
        this.notifier = notifier;
    }

    /** One check of one target. */
    public Answer ask(Check check, Target target) throws InterruptedException {
        try {
            return switch (check) {
                case Check.Http http -> http(http, target);
                case Check.Condition condition -> condition(condition, target);
                case Check.Command command -> command(command, target);
            };
        } catch (IllegalArgumentException e) {
            return Answer.unknown("could not be asked: " + e.getMessage());
        }
    }

    private Answer http(Check.Http check, Target target) throws InterruptedException {
        URI address = URI.create(check.url().fill(target));
        Probe probe = web.probe(address, check.timeout());
        return switch (probe.health()) {
            case SERVING -> Answer.of(check.expect() == Check.Expect.UP, probe.found());
            case DOWN -> Answer.of(check.expect() == Check.Expect.DOWN, probe.found());
            case UNKNOWN -> Answer.unknown(probe.found());
        };
    }

    private Answer condition(Check.Condition check, Target target) throws InterruptedException {
        String expression = check.expression().fill(target);
        URI address = query.resolve("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
        try {
            JsonNode answer = web.json(address, check.timeout());
            if (!answer.path("warnings").isEmpty()) {
                return Answer.unknown("the answer is partial: " + answer.path("warnings"));
            }
            boolean holds = !answer.path("data").path("result").isEmpty();
            return Answer.of(holds == check.holds(), holds ? "the condition holds" : "the condition is clear");
        } catch (IOException e) {
            return Answer.unknown("the query failed: " + e.getMessage());
        }
    }

    private static Answer command(Check.Command check, Target target) throws InterruptedException {
        List<String> arguments =
                check.arguments().stream().map(part -> part.fill(target)).toList();
        CommandRunner.Result result = CommandRunner.run(arguments, check.timeout(), () -> true);
        return switch (result.end()) {
            case SUCCEEDED -> Answer.of(true, result.detail());
            case FAILED -> Answer.of(false, result.detail());
            case NOT_STARTED, TIMED_OUT, STOPPED -> Answer.unknown(result.detail());
        };
    }

    /** All of these checks: the first that does not hold, or how many independent ones do. */
    public Confirmation confirm(List<Check> checks, Target target) throws InterruptedException {
        int independent = 0;
        for (Check check : checks) {
            Answer answer = ask(check, target);
            if (!answer.yes()) {
                return new Confirmation.Unconfirmed(check.text(), answer.found());
            }
            independent += check.independent() ? 1 : 0;
        }
        return new Confirmation.Confirmed(independent);
    }

    /** How all targets with a probe are, asked at the same time. */
    public Fleet survey(Inventory inventory) throws InterruptedException {
        Map<String, Future<Fleet.Health>> asked = new HashMap<>();
        for (Target target : inventory.targets()) {
            asked.put(target.name(), threads.submit(() -> probe(target)));
        }
        Map<String, Fleet.Health> health = new HashMap<>();
        for (Map.Entry<String, Future<Fleet.Health>> entry : asked.entrySet()) {
            try {
                health.put(entry.getKey(), entry.getValue().get());
            } catch (ExecutionException e) {
                LOG.warn("the probe of {} could not be carried out", entry.getKey(), e.getCause());
                health.put(entry.getKey(), Fleet.Health.UNKNOWN);
            }
        }
        return new Fleet(inventory, health);
    }

    private Fleet.Health probe(Target target) throws InterruptedException {
        if (target.probe().isEmpty()) {
            return Fleet.Health.UNKNOWN;
        }
        return web.probe(URI.create(target.probe().get().fill(target)), PROBE).health();
    }

    /** What is known of silences; the notifier's own answer, so that both agree. */
    public Silences silences() throws InterruptedException {
        Map<String, Silence> known = new HashMap<>();
        try {
            for (JsonNode alert : web.json(notifier.resolve("/api/v2/alerts"), ASK)) {
                JsonNode ids = alert.path("status").path("silencedBy");
                known.put(
                        alert.path("fingerprint").asString(""),
                        ids.isEmpty()
                                ? new Silence.None()
                                : new Silence.Active(ids.path(0).asString("")));
            }
            return new Silences(known, "the notifier does not know the alert yet");
        } catch (IOException e) {
            return new Silences(Map.of(), "the notifier cannot be asked: " + e.getMessage());
        }
    }

    /** What is wrong with Tocsin's own pipeline; empty when nothing is. */
    public Optional<String> pipelineProblem() throws InterruptedException {
        try {
            JsonNode ready = web.json(query.resolve("/health/readiness"), ASK);
            if (!ready.path("status").asString("").equals("UP")) {
                return Optional.of("the rules engine is not ready");
            }
            JsonNode alerts =
                    web.json(query.resolve("/api/v1/alerts"), ASK).path("data").path("alerts");
            boolean stalled = alerts.valueStream()
                    .anyMatch(alert ->
                            alert.path("labels").path("alertname").asString("").equals(STALLED));
            return stalled ? Optional.of("a shard of the pipeline is stalled") : Optional.empty();
        } catch (IOException e) {
            return Optional.of("the rules engine cannot be asked: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        web.close();
    }
}
