package io.tocsin.selfheal.playbook.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.selfheal.playbook.Limits;
import io.tocsin.selfheal.playbook.Playbook;
import io.tocsin.selfheal.playbook.read.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanFilesTest {

    private static final String PLAYBOOK = """
            playbooks:
              - name: restart
                mode: auto
                match: {alertname: Down}
                diagnose: [{http: 'http://{{target.host}}/', expect: down}]
                steps: [{name: restart, command: [restart]}]
                verify: {root_alert: recovered}
                limits: {restarts_per_hour: 4}
            """;

    @TempDir
    Path directory;

    private PlanFiles files;

    @BeforeEach
    void create() throws IOException {
        Files.createDirectories(directory.resolve("playbooks"));
        Files.createDirectories(directory.resolve("targets"));
        write("targets/a.yaml", "targets: [{name: a, variables: {host: h}}]\n");
        files = new PlanFiles(
                directory.resolve("playbooks"), directory.resolve("targets"), directory.resolve("limits.yaml"));
    }

    @Test
    void theOperatorsLimitsBoundThePlaybooksAndAMistakeKeepsWhatIsInForce() throws IOException {
        write("playbooks/p.yaml", PLAYBOOK);
        files.refresh();
        assertThat(files.plan()).isEqualTo(Plan.EMPTY);
        assertThat(files.problems()).singleElement().asString().contains("expected at most 3, found 4");

        write("limits.yaml", "limits: {restarts_per_hour: 4}\n");
        files.refresh();
        assertThat(files.problems()).isEmpty();
        assertThat(files.plan().limits().restartsPerHour()).isEqualTo(4);
        assertThat(files.plan().playbooks()).extracting(Playbook::name).containsExactly("restart");

        write("limits.yaml", "limits: {restarts_per_hour: many}\n");
        files.refresh();
        assertThat(files.problems()).extracting(Problem::line).contains(1);
        assertThat(files.plan().limits().restartsPerHour()).isEqualTo(4);

        Files.delete(directory.resolve("limits.yaml"));
        write("playbooks/p.yaml", PLAYBOOK.replace("hour: 4", "hour: 1"));
        files.refresh();
        assertThat(files.problems()).isEmpty();
        assertThat(files.plan().limits()).isEqualTo(Limits.DEFAULT);
    }

    @Test
    void onePlaybookStandsInOneFileAndItsExpressionsAreParsed() throws IOException {
        String playbook = PLAYBOOK.replace("    limits: {restarts_per_hour: 4}\n", "");
        write("playbooks/p.yaml", playbook);
        write("playbooks/q.yaml", playbook.replace("diagnose: [", "diagnose: [{promql: 'up =='}, "));
        files.refresh();
        assertThat(files.problems())
                .extracting(Problem::message)
                .hasSize(1)
                .first()
                .asString()
                .startsWith("promql: ");
        write("playbooks/q.yaml", playbook);
        files.refresh();
        assertThat(files.problems())
                .extracting(Problem::message)
                .containsExactly("playbook \"restart\" is there already, in " + directory.resolve("playbooks/p.yaml"));
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }
}
