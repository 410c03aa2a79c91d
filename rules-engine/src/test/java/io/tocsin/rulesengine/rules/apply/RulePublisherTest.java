package io.tocsin.rulesengine.rules.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.contracts.TopicCreation;
import io.tocsin.contracts.v1.RuleFile;
import io.tocsin.contracts.v1.RuleSetVersion;
import io.tocsin.embedded.EmbeddedKafka;
import io.tocsin.rulesengine.rules.apply.RulePublisher.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rules are published a namespace at a time, on a real broker; each test has namespaces of its own. */
@Timeout(120)
class RulePublisherTest {

    private static final String GOOD = "groups: [{name: g, rules: [{alert: A, expr: up == 0}]}]";
    private static final String BETTER = "groups: [{name: g, rules: [{alert: A, expr: up == 0, for: 1m}]}]";
    private static final String BAD = "groups: [{name: g, rules: [{alert: A, expr: 'up =='}]}]";

    @TempDir
    static Path directory;

    private static EmbeddedKafka kafka;
    private static RulePublisher publisher;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start(directory.resolve("kafka"), 0);
        Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
        try (Admin admin = Admin.create(client)) {
            TopicCreation.STANDALONE.ensure(admin);
        }
        publisher = new RulePublisher(client, Duration.ofSeconds(1), Clock.systemUTC());
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    private static SequencedMap<String, String> files(String text) {
        SequencedMap<String, String> files = new LinkedHashMap<>();
        files.put("r.yaml", text);
        return files;
    }

    private static Outcome publish(RuleOwner owner, String namespace, String text, boolean takeOver) {
        return publisher.publish(RuleChange.of(owner, namespace, files(text), takeOver));
    }

    private static RuleSetVersion newest() {
        return RuleVersions.newest(RuleVersions.read(publisher.clientProperties()))
                .orElseThrow();
    }

    private static String text(String namespace) {
        return newest().getFilesList().stream()
                .filter(file -> file.getName().equals(namespace + "/r.yaml"))
                .map(RuleFile::getText)
                .findFirst()
                .orElse("");
    }

    @Test
    void aMistakeOfOneTeamLeavesAllOthersAsTheyAre() {
        assertThat(publish(RuleOwner.API, "red", GOOD, false)).isInstanceOf(Outcome.Published.class);
        assertThat(publish(RuleOwner.API, "blue", BAD, false))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.problems())
                                .anyMatch(problem -> problem.toString().startsWith("blue/r.yaml:1:")));
        assertThat(publish(RuleOwner.API, "blue", GOOD, false)).isInstanceOf(Outcome.Published.class);
        assertThat(publish(RuleOwner.API, "red", BETTER, false)).isInstanceOf(Outcome.Published.class);
        assertThat(text("red")).isEqualTo(BETTER);
        assertThat(text("blue")).isEqualTo(GOOD);
        assertThat(publish(RuleOwner.API, "red", BETTER, false)).isInstanceOf(Outcome.Unchanged.class);
    }

    @Test
    void aNamespaceHasOneOwnerUntilAnotherTakesItOver() {
        publish(RuleOwner.FILE, "owned", GOOD, false);
        assertThat(publish(RuleOwner.API, "owned", BETTER, false))
                .isEqualTo(new Outcome.Foreign("owned", RuleOwner.FILE));
        assertThat(text("owned")).isEqualTo(GOOD);
        assertThat(publish(RuleOwner.API, "owned", BETTER, true)).isInstanceOf(Outcome.Published.class);
        assertThat(publish(RuleOwner.FILE, "owned", GOOD, false)).isInstanceOf(Outcome.Foreign.class);
        assertThat(text("owned")).isEqualTo(BETTER);
    }

    @Test
    void whoSendsEverythingChangesOnlyWhatIsDifferent() {
        publish(RuleOwner.FILE, "kept", GOOD, false);
        publish(RuleOwner.API, "edited", GOOD, false);
        SequencedMap<String, String> all = RuleVersions.texts(newest());
        all.put("edited/r.yaml", BETTER);
        assertThat(publisher.publish(new RuleChange(RuleOwner.API, null, all, false)))
                .isInstanceOf(Outcome.Published.class);
        assertThat(text("edited")).isEqualTo(BETTER);
        assertThat(newest().getFilesList())
                .filteredOn(file -> file.getName().equals("kept/r.yaml"))
                .extracting(RuleFile::getOwner)
                .containsExactly("file");
        all.put("kept/r.yaml", BETTER);
        assertThat(publisher.publish(new RuleChange(RuleOwner.API, null, all, false)))
                .isEqualTo(new Outcome.Foreign("kept", RuleOwner.FILE));
    }

    @Test
    void nobodyIsLostWhenManyPublishAtOnce() throws InterruptedException, ExecutionException {
        List<Callable<Outcome>> teams = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String namespace = "team-" + i;
            teams.add(() -> publish(RuleOwner.API, namespace, GOOD, false));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (Future<Outcome> outcome : threads.invokeAll(teams)) {
                assertThat(outcome.get()).isInstanceOf(Outcome.Published.class);
            }
        }
        for (int i = 0; i < 4; i++) {
            assertThat(text("team-" + i)).isEqualTo(GOOD);
        }
    }

    @Test
    void eachFolderOfTheDirectoryIsANamespace() throws IOException {
        Path rules = Files.createDirectories(directory.resolve("rules"));
        Files.writeString(Files.createDirectories(rules.resolve("north")).resolve("r.yaml"), GOOD);
        Files.writeString(Files.createDirectories(rules.resolve("south")).resolve("r.yaml"), BAD);
        try (RuleFileWatcher watcher = new RuleFileWatcher(rules, publisher, Duration.ofMillis(50))) {
            watcher.start();
            await("north", GOOD);
            assertThat(text("south")).isEmpty();
            Files.writeString(rules.resolve("south/r.yaml"), BETTER);
            await("south", BETTER);
            assertThat(text("north")).isEqualTo(GOOD);
        }
    }

    private static void await(String namespace, String wanted) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!text(namespace).equals(wanted)) {
            assertThat(System.nanoTime()).as("waiting for " + namespace).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }
}
