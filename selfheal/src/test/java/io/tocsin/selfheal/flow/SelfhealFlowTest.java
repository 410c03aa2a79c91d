package io.tocsin.selfheal.flow;

import static io.tocsin.contracts.v1.RemediationEvent.Phase.APPROVAL_REQUESTED;
import static io.tocsin.contracts.v1.RemediationEvent.Phase.ESCALATED;
import static io.tocsin.contracts.v1.RemediationEvent.Phase.REFUSED;
import static io.tocsin.contracts.v1.RemediationEvent.Phase.STARTED;
import static io.tocsin.contracts.v1.RemediationEvent.Phase.STEP_FAILED;
import static io.tocsin.contracts.v1.RemediationEvent.Phase.STEP_SUCCEEDED;
import static io.tocsin.contracts.v1.RemediationEvent.Phase.VERIFIED;
import static io.tocsin.contracts.v1.RemediationEvent.Phase.WAITING;
import static io.tocsin.contracts.v1.RemediationEvent.Phase.WOULD_RUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.contracts.TopicCreation;
import io.tocsin.contracts.v1.RemediationEvent;
import io.tocsin.contracts.v1.RemediationEvent.Phase;
import io.tocsin.embedded.EmbeddedKafka;
import io.tocsin.embedded.EmbeddedPostgresServer;
import io.tocsin.embedded.FreePorts;
import io.tocsin.runtime.RunningModule;
import io.tocsin.selfheal.SelfhealApplication;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SelfhealFlowTest {

    @TempDir
    static Path data;

    private static EmbeddedKafka kafka;
    private static EmbeddedPostgresServer postgres;
    private static Log log;

    @TempDir
    Path directory;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<RunningModule> running = new ArrayList<>();
    private World world;
    private String name;
    private String database;

    @BeforeAll
    static void startServers() {
        kafka = EmbeddedKafka.start(data.resolve("kafka"), 0);
        postgres = EmbeddedPostgresServer.start(data.resolve("postgres"), 0);
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()))) {
            TopicCreation.STANDALONE.ensure(admin);
        }
        log = new Log(kafka.bootstrapServers());
    }

    @AfterAll
    static void stopServers() {
        log.close();
        kafka.close();
        postgres.close();
    }

    @BeforeEach
    void prepare(TestInfo test) throws Exception {
        world = new World();
        name = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
        String own = "db" + Math.abs(name.hashCode());
        try (Connection connection = DriverManager.getConnection(postgres.jdbcUrl())) {
            connection.createStatement().execute("CREATE DATABASE " + own);
        }
        database = postgres.jdbcUrl().replace("/postgres?", "/" + own + "?");
        world.knows(Log.fingerprint(name));
        Files.createDirectories(directory.resolve("playbooks"));
        Files.createDirectories(directory.resolve("targets"));
        Files.writeString(directory.resolve("restart.sh"), """
                for other in $(cat runs 2>/dev/null); do
                  if kill -0 "$other" 2>/dev/null; then echo "$other" >> overlaps; fi
                done
                echo $$ >> runs
                if [ -e fails ]; then exit 3; fi
                if [ -e hangs ]; then exec sleep 300; fi
                """);
        inventory("");
        playbook("auto", "");
    }

    @AfterEach
    void stop() {
        running.forEach(RunningModule::close);
        world.close();
    }

    @Test
    void aCrashIsRepairedOnceAndVerified() throws Exception {
        start();
        log.fires(name, name);
        await(STEP_SUCCEEDED);
        world.turn(name, 200);
        log.recovers(name, name);
        await(VERIFIED);

        assertThat(runs()).hasSize(1);
        assertThat(phases()).containsExactly(STARTED, STEP_SUCCEEDED, VERIFIED);
        RemediationEvent verified = log.remediations(name).getLast();
        assertThat(verified.getTarget()).isEqualTo(name);
        assertThat(verified.getAttempt()).isEqualTo(1);
        assertThat(verified.getVerifyDeadlineMs()).isPositive();
    }

    @Test
    void anInterruptedStepIsNotRepeatedWhenItsEffectIsThere() throws Exception {
        create("hangs");
        RunningModule first = start();
        log.fires(name, name);
        ProcessHandle command = command(1);
        close(first);
        assertThat(command.isAlive()).isFalse();
        world.turn(name, 200);
        start();
        await(STEP_SUCCEEDED);
        log.recovers(name, name);
        await(VERIFIED);

        assertThat(runs()).hasSize(1);
        assertThat(phases()).containsExactly(STARTED, STEP_FAILED, STEP_SUCCEEDED, VERIFIED);
    }

    @Test
    void anInterruptedStepIsRepeatedWhenItsEffectIsProvenAbsent() throws Exception {
        create("hangs");
        RunningModule first = start();
        log.fires(name, name);
        command(1);
        close(first);
        Files.delete(directory.resolve("hangs"));
        start();
        await(STEP_SUCCEEDED);
        log.recovers(name, name);
        await(VERIFIED);

        assertThat(runs()).hasSize(2);
    }

    @Test
    void anInterruptedStepIsNotRepeatedWhenItsEffectCannotBeTold() throws Exception {
        create("hangs");
        RunningModule first = start();
        log.fires(name, name);
        command(1);
        close(first);
        world.turn(name, 404);
        start();
        Until.value(() -> get("/runs").path(0).path("state").asString(""), "VERIFYING"::equals);

        assertThat(runs()).hasSize(1);
    }

    @Test
    void anInterruptedRequestIsNotRepeatedWhenTheTargetShowsItsEffect() throws Exception {
        try (Switch degraded = new Switch(true)) {
            interrupt(degraded);
            await(STEP_SUCCEEDED);
            assertThat(degraded.requests()).hasSize(1);
            assertThat(phases()).containsExactly(STARTED, STEP_FAILED, STEP_SUCCEEDED);
        }
    }

    @Test
    void anInterruptedRequestIsRepeatedUnderItsIdWhenTheTargetDoesNotShowItsEffect() throws Exception {
        try (Switch degraded = new Switch(false)) {
            interrupt(degraded);
            await(STEP_SUCCEEDED);
            assertThat(degraded.requests()).hasSize(2);
            assertThat(degraded.requests().getFirst())
                    .isEqualTo(degraded.requests().getLast())
                    .endsWith("/0");
        }
    }

    private void interrupt(Switch degraded) throws Exception {
        playbook("auto", "");
        Path file = directory.resolve("playbooks/restart.yaml");
        String webhook = "webhook: {post: '%1$s', state: '%1$s', shows: {/on: 'true'}}\n        effect: change"
                .formatted(degraded.url());
        Files.writeString(
                file,
                Files.readString(file)
                        .replaceAll(" +done: .*\n", "")
                        .replaceAll("command: .*", Matcher.quoteReplacement(webhook)));
        RunningModule first = start();
        log.fires(name, name);
        Until.value(degraded::requests, requests -> !requests.isEmpty());
        close(first);
        start();
    }

    @Test
    void ofTwoInstancesOneActsAndTheOtherTakesOver() throws Exception {
        RunningModule first = start();
        RunningModule second = start();
        log.fires(name, name);
        await(STEP_SUCCEEDED);
        close(first);
        log.recovers(name, name);
        await(VERIFIED);
        close(second);

        assertThat(runs()).hasSize(1);
        assertThat(phases()).containsExactly(STARTED, STEP_SUCCEEDED, VERIFIED);
    }

    @Test
    void aCommandIsKilledBeforeTheLeaseEndsWhenPostgresIsGone() throws Exception {
        try (EmbeddedPostgresServer own = EmbeddedPostgresServer.start(directory.resolve("own"), FreePorts.next())) {
            database = own.jdbcUrl();
            create("hangs");
            start();
            log.fires(name, name);
            ProcessHandle command = command(1);
            own.close();
            long gone = System.nanoTime();
            Until.value(command::isAlive, alive -> !alive);
            assertThat(Duration.ofNanos(System.nanoTime() - gone)).isLessThan(Duration.ofSeconds(5));
            running.forEach(RunningModule::close);
            running.clear();
        }
    }

    @Test
    void anInstanceThatIsCutOffStopsBeforeTheOtherOneActsThoughItsHealerIsBusy() throws Exception {
        create("hangs");
        Path slow = slowDiagnosisOf(name + "-2");
        String direct = database;
        int port = URI.create(direct.substring("jdbc:".length())).getPort();
        try (Cable cable = new Cable(port)) {
            database = direct.replace(":" + port + "/", ":" + cable.port() + "/");
            start();
            log.fires(name, name);
            ProcessHandle first = command(1);
            log.fires(name + "-2", name + "-2");
            Until.value(() -> Files.exists(directory.resolve("asking")), asking -> asking);
            Files.delete(slow);
            database = direct;
            start();
            cable.close();
            ProcessHandle second = command(2);
            assertThat(first.isAlive()).isFalse();
            assertThat(second.isAlive()).isTrue();
            assertThat(directory.resolve("overlaps")).doesNotExist();
        }
    }

    /** A second target whose diagnosis keeps the healer's thread for a minute. */
    private Path slowDiagnosisOf(String other) throws Exception {
        inventory("domain: a\n  - {name: %s, domain: b, probe: '%s/target/other'}".formatted(other, world.url()));
        world.knows(Log.fingerprint(other));
        Files.writeString(directory.resolve("selfheal.yaml"), "limits: {hourly_floor: 5}\n");
        return Files.writeString(directory.resolve("playbooks/a-slow.yaml"), """
                playbooks:
                  - name: slow
                    mode: auto
                    match: {element: '%s'}
                    diagnose: [{command: [/bin/sh, -c, 'touch %s/asking; exec sleep 60'], timeout: 2m}]
                    steps: [{name: never, command: [/bin/false]}]
                    verify: {root_alert: recovered}
                """.formatted(other, directory));
    }

    @Test
    void aDecisionThatTakesLongerThanTheLeaseDoesNotLoseIt() throws Exception {
        Path playbook = directory.resolve("playbooks/restart.yaml");
        String slow = "diagnose:\n      - {command: [/bin/sleep, '7'], timeout: 20s}";
        Files.writeString(playbook, Files.readString(playbook).replace("diagnose:", slow));
        start();
        start();
        log.fires(name, name);
        await(STEP_SUCCEEDED);
        assertThat(runs()).hasSize(1);
        assertThat(phases()).containsExactly(STARTED, STEP_SUCCEEDED);
        assertThat(count("SELECT token FROM selfheal.lease")).isEqualTo(1);
    }

    @Test
    void frozenNothingBeginsAndNothingIsAsked() throws Exception {
        start();
        post("/freeze");
        log.fires(name, name);
        await(WAITING);
        assertThat(log.remediations(name).getLast().getReason()).isEqualTo("FROZEN");
        assertThat(world.asked(name)).isZero();
        assertThat(runs()).isEmpty();
        post("/thaw");
        await(STEP_SUCCEEDED);
        assertThat(runs()).hasSize(1);
        assertThat(audited()).contains("FROZEN", "THAWED");
    }

    @Test
    void theKillSwitchStopsARunningCommandWithinFiveSeconds() throws Exception {
        create("hangs");
        start();
        log.fires(name, name);
        ProcessHandle command = command(1);
        post("/freeze");
        long frozen = System.nanoTime();
        Until.value(command::isAlive, alive -> !alive);
        assertThat(Duration.ofNanos(System.nanoTime() - frozen)).isLessThan(Duration.ofSeconds(5));
        await(ESCALATED);
        assertThat(phases()).startsWith(STARTED, STEP_FAILED, ESCALATED);
        assertThat(log.remediations(name).get(2).getDetail()).contains("frozen after an interrupted step");
    }

    @Test
    void aChangedPlaybookStopsTheCommandOfTheOldOne() throws Exception {
        create("hangs");
        start();
        log.fires(name, name);
        ProcessHandle command = command(1);
        playbook("observe", "");
        await(ESCALATED);
        assertThat(command.isAlive()).isFalse();
        assertThat(log.remediations(name).stream().filter(event -> event.getPhase() == ESCALATED))
                .singleElement()
                .extracting(RemediationEvent::getDetail)
                .asString()
                .contains("changed while it ran");
    }

    @Test
    void aPersonIsAskedAboutExactlyWhatWillBeDoneAlsoAfterItChanged() throws Exception {
        playbook("approve", "");
        start();
        log.fires(name, name);
        String first = question();
        playbook("approve", "escalate: page the shop");
        String second = Until.value(this::question, id -> !id.equals(first));
        assertThat(get("/approvals")).hasSize(1);
        assertThat(get("/approvals").path(0).path("plan").asString())
                .isEqualTo("restart: /bin/sh -c cd " + directory + " && exec /bin/sh restart.sh");
        assertThat(send("/approvals/" + first + "/approve").statusCode()).isEqualTo(409);
        assertThat(runs()).isEmpty();
        post("/approvals/" + second + "/approve");
        await(STEP_SUCCEEDED);

        assertThat(runs()).hasSize(1);
        assertThat(phases()).containsExactly(APPROVAL_REQUESTED, APPROVAL_REQUESTED, STARTED, STEP_SUCCEEDED);
        assertThat(audited()).contains("APPROVED");
    }

    @Test
    void aRejectedRepairNeverRuns() throws Exception {
        playbook("approve", "");
        start();
        log.fires(name, name);
        post("/approvals/" + question() + "/reject");
        await(REFUSED);
        assertThat(log.remediations(name).getLast().getReason()).isEqualTo("APPROVAL_REJECTED");
        assertThat(runs()).isEmpty();
    }

    @Test
    void anObservingPlaybookSaysWhatItWouldDoAndAsksNotEverySecond() throws Exception {
        playbook("observe", "");
        start();
        log.fires(name, name);
        await(WOULD_RUN);
        int asked = world.asked(name);
        for (int i = 0; i < 20; i++) {
            // Every snapshot rings.
            log.fires(name, name);
        }
        Until.value(() -> count("SELECT revision FROM selfheal.incident WHERE id = '" + name + "'"), n -> n == 21);
        assertThat(world.asked(name)).isEqualTo(asked);
        assertThat(runs()).isEmpty();
    }

    @Test
    void aRefusalIsToldAndAuditedOnce() throws Exception {
        inventory("protected: true");
        start();
        log.fires(name, name);
        log.fires(name + "-unknown", name + "-unknown");
        await(REFUSED);
        Until.value(() -> log.remediations(name + "-unknown"), events -> !events.isEmpty());
        log.fires(name, name);
        log.fires(name + "-unknown", name + "-unknown");

        JsonNode entry = get("/audit?incident=" + name).path(0);
        assertThat(entry.path("what").asString()).isEqualTo("REFUSED");
        assertThat(entry.path("reason").asString()).isEqualTo("PROTECTED_TARGET");
        JsonNode unknown = get("/audit?incident=" + name + "-unknown");
        assertThat(unknown).hasSize(1);
        assertThat(unknown.path(0).path("reason").asString()).isEqualTo("NOT_IN_INVENTORY");
        assertThat(world.asked(name)).isZero();
        assertThat(runs()).isEmpty();
    }

    @Test
    void aSilencedAlertIsNotRepaired() throws Exception {
        world.silence(Log.fingerprint(name), "s1");
        start();
        log.fires(name, name);
        await(WAITING);
        assertThat(log.remediations(name).getLast().getReason()).isEqualTo("SILENCED");
        assertThat(runs()).isEmpty();
    }

    @Test
    void whatOnlyAnswersStrangelyIsNotProvenDown() throws Exception {
        world.turn(name, 404);
        start();
        log.fires(name, name);
        await(WAITING);
        assertThat(log.remediations(name).getLast().getReason()).isEqualTo("LAST_SERVING_REPLICA");
        assertThat(runs()).isEmpty();
    }

    @Test
    void afterTwoFailuresPeopleArePagedUntilOneClosesTheCircuit() throws Exception {
        Files.writeString(directory.resolve("selfheal.yaml"), "limits: {backoff: 1s, restarts_per_hour: 10}\n");
        create("fails");
        start();
        log.fires(name, name);
        Until.value(
                () -> log.remediations(name),
                events -> events.stream()
                        .anyMatch(event -> event.getPhase() == ESCALATED
                                && event.getReason().equals("CIRCUIT_OPEN")));
        assertThat(runs()).hasSize(2);
        Files.delete(directory.resolve("fails"));
        post("/circuits/" + name + "/Down/reset");
        await(STEP_SUCCEEDED);
        assertThat(runs()).hasSize(3);
        assertThat(audited()).contains("CIRCUIT_RESET");
    }

    @Test
    void aRestartWaitsAfterADeployment() throws Exception {
        start();
        post("/deployments/" + name);
        log.fires(name, name);
        await(WAITING);
        assertThat(log.remediations(name).getLast().getReason()).isEqualTo("DEPLOY_GRACE");
        assertThat(runs()).isEmpty();
    }

    @Test
    void theAuditCannotBeChanged() throws Exception {
        start();
        post("/freeze");
        assertThat(audited()).containsExactly("FROZEN");
        for (String change : List.of(
                "UPDATE selfheal.audit SET actor = ''", "DELETE FROM selfheal.audit", "TRUNCATE selfheal.audit")) {
            assertThatThrownBy(() -> execute(change))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("append-only");
        }
        assertThat(audited()).containsExactly("FROZEN");
    }

    private RunningModule start() {
        Map<String, Object> properties = new HashMap<>();
        properties.put("micronaut.server.port", FreePorts.next());
        properties.put("tocsin.kafka.bootstrap-servers", kafka.bootstrapServers());
        properties.put("tocsin.postgres.url", database);
        properties.put("tocsin.postgres.connect-timeout", "1s");
        properties.put(
                "tocsin.selfheal.playbooks-dir", directory.resolve("playbooks").toString());
        properties.put(
                "tocsin.selfheal.targets-dir", directory.resolve("targets").toString());
        properties.put(
                "tocsin.selfheal.limits-file",
                directory.resolve("selfheal.yaml").toString());
        properties.put("tocsin.selfheal.query-url", world.url());
        properties.put("tocsin.selfheal.notifier-url", world.url());
        properties.put("tocsin.selfheal.lease", "5s");
        RunningModule module = SelfhealApplication.start(properties);
        running.add(module);
        return module;
    }

    private void close(RunningModule module) {
        module.close();
        running.remove(module);
    }

    private void playbook(String mode, String more) throws Exception {
        Files.writeString(directory.resolve("playbooks/restart.yaml"), """
                playbooks:
                  - name: restart
                    mode: %s
                    match: {alertname: Down, element: '%s*'}
                    diagnose:
                      - {http: '%s/target/{{target.name}}', expect: down}
                    steps:
                      - name: restart
                        command: [/bin/sh, -c, 'cd %s && exec /bin/sh restart.sh']
                        timeout: 5m
                        done: {http: '%s/target/{{target.name}}', expect: up}
                    verify: {root_alert: recovered, interval: 200ms, within: 60s}
                    %s
                """.formatted(
                        mode, name, world.url(), directory, world.url(), more));
    }

    private void inventory(String more) throws Exception {
        Files.writeString(directory.resolve("targets/all.yaml"), """
                targets:
                  - name: %s
                    probe: '%s/target/{{target.name}}'
                    %s
                """.formatted(name, world.url(), more));
    }

    private void create(String flag) throws Exception {
        Files.createFile(directory.resolve(flag));
    }

    private List<String> runs() throws Exception {
        Path file = directory.resolve("runs");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    /** The process of the command's n-th run, once it has begun. */
    private ProcessHandle command(int n) throws Exception {
        String pid = Until.value(this::runs, runs -> runs.size() >= n).get(n - 1);
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    private void await(Phase phase) throws Exception {
        Until.value(this::phases, phases -> phases.contains(phase));
    }

    private List<Phase> phases() throws Exception {
        return log.remediations(name).stream().map(RemediationEvent::getPhase).toList();
    }

    private String question() throws Exception {
        return Until.value(() -> get("/approvals"), open -> !open.isEmpty())
                .path(0)
                .path("id")
                .asString();
    }

    private List<String> audited() throws Exception {
        return get("/audit")
                .valueStream()
                .map(entry -> entry.path("what").asString())
                .toList();
    }

    private JsonNode get(String path) throws Exception {
        HttpResponse<String> response = http.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(response.body());
    }

    private void post(String path) throws Exception {
        HttpResponse<String> response = send(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }

    private HttpResponse<String> send(String path) throws Exception {
        HttpRequest.Builder request = request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"by\": \"ada\", \"note\": \"a test\"}"));
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        int port = running.getLast().port();
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/tocsin/selfheal" + path));
    }

    private int count(String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database);
                var rows = connection.createStatement().executeQuery(query)) {
            return rows.next() ? rows.getInt(1) : 0;
        }
    }

    private void execute(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database)) {
            connection.createStatement().execute(statement);
        }
    }
}
