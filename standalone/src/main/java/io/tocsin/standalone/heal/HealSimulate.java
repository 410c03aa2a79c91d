package io.tocsin.standalone.heal;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.tocsin.contracts.v1.IncidentSnapshot;
import io.tocsin.selfheal.guardrail.Decision;
import io.tocsin.selfheal.incident.Incident;
import io.tocsin.selfheal.intake.IncidentMapping;
import io.tocsin.selfheal.playbook.files.Plan;
import io.tocsin.selfheal.playbook.read.Reading;
import io.tocsin.selfheal.trial.Rehearsal;
import io.tocsin.selfheal.trial.Rehearsal.Line;
import io.tocsin.standalone.cli.UserError;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin heal simulate}. */
@Command(
        name = "simulate",
        description = "Says what playbooks would have done in recorded incidents, and why not; nothing is touched",
        mixinStandardHelpOptions = true)
final class HealSimulate implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli before the command runs.
    private CommandSpec spec;

    @Option(
            names = "--playbook",
            required = true,
            paramLabel = "FILE|DIR",
            description = "playbooks; each is taken as if it acted on its own")
    private List<Path> playbooks = List.of();

    @Option(
            names = "--incidents",
            required = true,
            paramLabel = "FILE",
            description = "snapshots, a JSON object a line, as ./tocsin heal incidents prints them")
    private Path incidents = Path.of("");

    @Mixin
    private final Around around = new Around();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Reading<Plan> reading = PlaybookFiles.read(playbooks, around.targets(), around.limits());
        if (!reading.problems().isEmpty()) {
            throw new UserError(
                    reading.problems().stream().map(Object::toString).collect(Collectors.joining("\n")));
        }
        Plan plan = reading.value();
        List<Incident> recorded = recorded();
        List<Line> lines = Rehearsal.of(recorded, plan.playbooks(), plan.inventory(), plan.limits());
        lines.forEach(line -> out.println(text(line)));
        Set<String> all = recorded.stream().map(Incident::id).collect(Collectors.toSet());
        Set<String> run = lines.stream()
                .filter(HealSimulate::runs)
                .map(line -> line.incident().id())
                .collect(Collectors.toSet());
        long repairs = lines.stream().filter(HealSimulate::runs).count();
        out.println("incidents " + all.size() + ", repaired " + run.size() + ", repairs " + repairs
                + ", left to people " + (all.size() - run.size()));
        out.flush();
        return 0;
    }

    private static boolean runs(Line line) {
        return line.decided()
                .filter(decided -> decided.decision() instanceof Decision.Run)
                .isPresent();
    }

    private static String text(Line line) {
        String start = line.at().truncatedTo(ChronoUnit.SECONDS) + "  "
                + line.incident().id() + "  ";
        return start
                + line.decided()
                        .map(decided -> switch (decided.decision()) {
                                    case Decision.Run run -> "RUN";
                                    case Decision.Wait wait -> "wait " + wait.reason();
                                    case Decision.Refuse refuse -> "refuse " + refuse.reason();
                                }
                                + "  " + decided.playbook().name() + " on "
                                + decided.target().name() + "  ")
                        .orElse("nothing  ")
                + line.what();
    }

    private List<Incident> recorded() {
        List<Incident> recorded = new ArrayList<>();
        try {
            List<String> lines = Files.readAllLines(incidents);
            for (int i = 0; i < lines.size(); i++) {
                if (!lines.get(i).isBlank()) {
                    recorded.add(incident(lines.get(i), i + 1));
                }
            }
        } catch (IOException e) {
            throw new UserError(incidents + " cannot be read: " + e);
        }
        return recorded;
    }

    private Incident incident(String json, int line) {
        IncidentSnapshot.Builder snapshot = IncidentSnapshot.newBuilder();
        try {
            JsonFormat.parser().ignoringUnknownFields().merge(json, snapshot);
            return IncidentMapping.incident(snapshot.build());
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            throw new UserError(incidents + ":" + line + ":1: not an incident: " + e.getMessage());
        }
    }
}
