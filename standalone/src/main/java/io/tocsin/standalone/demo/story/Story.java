package io.tocsin.standalone.demo.story;

import io.tocsin.standalone.cli.InstanceAddress;
import io.tocsin.standalone.cli.UserError;
import io.tocsin.standalone.demo.Demo;
import io.tocsin.standalone.demo.DemoConfiguration;
import io.tocsin.standalone.demo.FaultKind;
import io.tocsin.standalone.demo.NoticeBoard.Notice;
import io.tocsin.standalone.up.Instance;
import io.tocsin.standalone.up.Ports;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The demo from the fault to the recovery notice, against a fresh instance that is thrown away after it. */
public final class Story {

    private static final Duration STEADY_WITHIN = Duration.ofSeconds(60);
    private static final Duration STORY_WITHIN = Duration.ofSeconds(110);
    private static final Set<String> EDGES = Set.of("storefront→checkout", "checkout→ledger");
    // Enough reports of each service for the outage rule to know how often they come.
    private static final String STEADY = "min(count_over_time(target_info[1m])) >= 10";

    private final Ports ports;
    private final Demo demo;
    private final Observer observer;
    private final PrintStream out;
    private int noticesRead;

    private Story(Ports ports, Demo demo, Observer observer, PrintStream out) {
        this.ports = ports;
        this.demo = demo;
        this.observer = observer;
        this.out = out;
    }

    /**
     * What happened.
     *
     * @param complete every stage happened, in order, once
     * @param summary the same in words
     * @param secondsSinceFault stage name → seconds since the fault
     */
    public record Outcome(boolean complete, String summary, java.util.Map<String, Double> secondsSinceFault) {}

    /** Starts an instance and the shop, breaks {@code service}, watches, and stops everything. */
    public static Outcome run(String service, FaultKind how, PrintStream out) throws Exception {
        Path data = Files.createTempDirectory("tocsin-demo");
        Ports ports = Ports.free();
        Path config = DemoConfiguration.write(data.resolve("demo-config"), ports, data);
        out.println("starting a fresh instance in " + data);
        try (Instance instance = Instance.start(
                        new Instance.Options(data, config, ports, false),
                        (part, millis) -> out.printf("  %-14s up after %5d ms%n", part, millis));
                Demo demo = Demo.start(
                        URI.create("http://127.0.0.1:" + instance.ports().http()), ports.demo(), data.resolve("demo"));
                Observer observer = new Observer("127.0.0.1:" + ports.kafka())) {
            Story story = new Story(ports, demo, observer, out);
            story.awaitSteady();
            return story.tell(service, how);
        } finally {
            Instance.delete(data);
        }
    }

    private void awaitSteady() {
        Instant deadline = Instant.now().plus(STEADY_WITHIN);
        while (!(observer.edges().containsAll(EDGES) && steady())) {
            if (Instant.now().isAfter(deadline)) {
                throw new UserError("the shop did not become steady within " + STEADY_WITHIN.toSeconds()
                        + " s; calls seen: " + observer.edges());
            }
            observer.poll(null);
        }
        out.println("the shop is steady: "
                + String.join(", ", EDGES.stream().sorted().toList()));
    }

    private boolean steady() {
        try {
            JsonNode answer = InstanceAddress.get(
                    ports.query(), "/api/v1/query?query=" + URLEncoder.encode(STEADY, StandardCharsets.UTF_8));
            return !answer.path("data").path("result").isEmpty() && allServicesReport();
        } catch (UserError e) {
            return false;
        }
    }

    private boolean allServicesReport() {
        JsonNode answer = InstanceAddress.get(
                ports.query(),
                "/api/v1/query?query="
                        + URLEncoder.encode("count by (service_name) (target_info)", StandardCharsets.UTF_8));
        return answer.path("data").path("result").size() >= EDGES.size() + 1;
    }

    private Outcome tell(String service, FaultKind how) {
        // The moment before: what is told must be later than the fault, not than its acknowledgement.
        Instant begin = Instant.now();
        demo.breakService(service, how);
        out.println("broke " + service + ": " + how.name().toLowerCase(java.util.Locale.ROOT));
        Timeline timeline = new Timeline(service, begin);
        int told = 0;
        Instant deadline = begin.plus(STORY_WITHIN);
        while (!timeline.complete() && Instant.now().isBefore(deadline)) {
            observer.poll(timeline);
            readNotices(timeline);
            List<Timeline.Seen> stages = timeline.stages().stream()
                    .sorted(Comparator.comparing(Timeline.Seen::at))
                    .toList();
            stages.stream().skip(told).forEach(seen -> print(seen, begin));
            told = stages.size();
        }
        return outcome(timeline, begin);
    }

    private void readNotices(Timeline timeline) {
        List<Notice> notices = demo.notices().all();
        for (Notice notice : notices.subList(noticesRead, notices.size())) {
            timeline.notice(
                    notice.status(),
                    notice.body().path("incident").path("title").asString(""),
                    notice.at());
        }
        noticesRead = notices.size();
    }

    private void print(Timeline.Seen seen, Instant begin) {
        out.printf(
                "  %6.2f s  %-14s  %s (%s)%n",
                since(begin, seen), seen.stage(), seen.stage().meaning(), seen.detail());
    }

    private static double since(Instant begin, Timeline.Seen seen) {
        return Duration.between(begin, seen.at()).toMillis() / 1000.0;
    }

    private static Outcome outcome(Timeline timeline, Instant begin) {
        List<String> problems = timeline.problems();
        java.util.Map<String, Double> seconds = new java.util.LinkedHashMap<>();
        timeline.stages().forEach(seen -> seconds.put(seen.stage().name(), since(begin, seen)));
        String summary = problems.isEmpty()
                ? "every stage happened, in order, once"
                : "NOT as it should be:\n  " + String.join("\n  ", problems);
        return new Outcome(problems.isEmpty(), summary, seconds);
    }
}
