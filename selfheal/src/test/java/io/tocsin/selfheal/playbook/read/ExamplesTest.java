package io.tocsin.selfheal.playbook.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.selfheal.playbook.Action;
import io.tocsin.selfheal.playbook.Inventory;
import io.tocsin.selfheal.playbook.Limits;
import io.tocsin.selfheal.playbook.Playbook;
import io.tocsin.selfheal.playbook.Step;
import io.tocsin.selfheal.playbook.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What docs/write-a-playbook.md shows is read as it stands there. */
class ExamplesTest {

    private static final Pattern BLOCK = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);

    private List<String> blocks;
    private Target target;
    private PlaybookContext context;

    @BeforeEach
    void readThePage() throws Exception {
        Path page = Path.of(System.getProperty("tocsin.repository"), "docs/write-a-playbook.md");
        blocks = BLOCK.matcher(Files.readString(page))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
        Reading<Inventory> inventory = InventoryReader.read("targets", only("targets:"));
        assertThat(inventory.problems()).isEmpty();
        target = inventory.value().targets().getFirst();
        context = PlaybookContext.of(inventory.value(), expression -> Optional.empty(), Limits.DEFAULT);
    }

    private String only(String beginning) {
        return blocks.stream()
                .filter(block -> block.startsWith(beginning))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theWholePlaybookIsRead() {
        Reading<List<Playbook>> reading = PlaybookReader.read("page", only("playbooks:"), context);
        assertThat(reading.problems()).isEmpty();
        assertThat(reading.value().getFirst().steps().getFirst().text(target))
                .isEqualTo("restart: /usr/bin/supervisorctl restart shop");
    }

    @Test
    void everyExecutorHasAnExampleAndSaysWhatItWillDo() {
        List<Step> steps = blocks.stream()
                .filter(block -> block.startsWith("- name:"))
                .flatMap(this::steps)
                .toList();
        assertThat(steps).extracting(step -> (Object) step.action().getClass()).contains((Object[])
                Action.class.getPermittedSubclasses());
        assertThat(steps)
                .extracting(step -> step.effect() + " " + step.text(target))
                .containsExactly(
                        "RESTART restart: supervisor at unix:/run/supervisor.sock: restart process shop:shop-1",
                        "ISOLATE take it out: haproxy at unix:/run/haproxy/admin.sock: set server shop/shop-1 state drain,"
                                + " until it has no session",
                        "CHANGE give it little: haproxy at tcp://10.0.0.11:9999: set server shop/shop-1 weight 10%",
                        "RESTART restart: container engine at unix:/run/podman/podman.sock: restart container shop-1"
                                + " (killed after 20 s if it does not stop)",
                        "RESTART restart: ssh tocsin@10.0.0.11:22: sudo -n systemctl restart shop.service",
                        "RESTART restart its pods one after another: kubernetes: restart the pods of deployment prod/shop,"
                                + " one after another",
                        "ROLLBACK back to the release before: kubernetes of /etc/tocsin/kubeconfig: roll back deployment"
                                + " prod/shop to its previous revision",
                        "CHANGE more of them: kubernetes: scale deployment prod/shop to 6",
                        "RESTART another pod: kubernetes: delete pod prod/shop-1",
                        "ISOLATE empty the node: kubernetes: cordon node node-a and evict its pods as their disruption"
                                + " budgets allow",
                        "CHANGE without recommendations: POST https://flags.example.com/recommendations"
                                + " {\"enabled\": false, \"because\": \"shop-1\"}, signed,"
                                + " until https://flags.example.com/recommendations shows /enabled = false",
                        "CHANGE fail over: kafka at kafka-1:9092,kafka-2:9092: send to topic failover.requests, key"
                                + " \"shop\": {\"away_from\": \"shop-1\"}",
                        "RESTART restart: /usr/local/bin/restart shop-1");
    }

    private Stream<Step> steps(String block) {
        String playbook =
                "playbooks:\n- name: p\n  match: {alertname: Down}\n  verify: {root_alert: recovered}\n  steps:\n"
                        + block.indent(2);
        Reading<List<Playbook>> reading = PlaybookReader.read("page", playbook, context);
        assertThat(reading.problems()).as(block).isEmpty();
        return reading.value().getFirst().steps().stream();
    }
}
