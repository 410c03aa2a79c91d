package io.tocsin.standalone.migrate;

import io.tocsin.notifier.external.Posted;
import io.tocsin.notifier.route.Routing;
import io.tocsin.notifier.route.file.AlertmanagerFile;
import io.tocsin.notifier.route.file.Problem;
import io.tocsin.standalone.cli.OutputFormat;
import io.tocsin.standalone.cli.UserError;
import io.tocsin.standalone.migrate.Differences.Difference;
import io.tocsin.standalone.migrate.Differences.Side;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code tocsin migrate compare}: runs beside an Alertmanager that is in use, decides about the same alerts, and lists
 * what one side's notices list and the other's do not. Sends nothing, and changes nothing. Exit code 1 tells that
 * something differed.
 */
@Command(
        name = "compare",
        description = "Lists what Tocsin would tell otherwise than an existing Alertmanager; sends nothing.",
        mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {

    /** A difference of fewer looks in a row is one of what is on its way. */
    private static final int ROUNDS = 3;

    private static final int SUMMED_WITHIN_SECONDS = 15;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli before the command runs.
    private CommandSpec spec;

    @Option(
            names = "--alertmanager",
            required = true,
            paramLabel = "URL",
            description = "The existing Alertmanager, such as http://127.0.0.1:9093.")
    @SuppressWarnings("NullAway.Init") // Required.
    private URI address;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The alertmanager.yml to decide by (default: what the Alertmanager says that it has).")
    private @Nullable Path config;

    @Option(
            names = "--listen",
            paramLabel = "PORT",
            description = "Takes alerts on this port of loopback (default: reads them from the Alertmanager).")
    private @Nullable Integer listen;

    @Option(names = "--every", description = "Time between two looks (default: ${DEFAULT-VALUE}).")
    private Duration every = Duration.ofSeconds(10);

    @Option(names = "--for", description = "How long to compare (default: until it is interrupted).")
    private @Nullable Duration length;

    @Mixin
    private final OutputFormat output = new OutputFormat();

    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CountDownLatch summed = new CountDownLatch(1);
    private final Differences differences = new Differences(ROUNDS);
    private final Set<Grouped> compared = new HashSet<>();
    private final Map<String, Posted> last = new HashMap<>();

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        try (ExistingAlertmanager existing = new ExistingAlertmanager(address)) {
            Routing routing = routing(existing);
            ShadowNotifier shadow = new ShadowNotifier(routing, Instant.now());
            Integer port = listen;
            if (port == null) {
                compare(out, existing, shadow, routing);
            } else {
                try (PostedHere here =
                        new PostedHere(port, routing.resolveTimeout(), posts -> shadow.post(posts, Instant.now()))) {
                    err("alerts are taken at http://127.0.0.1:" + here.port());
                    compare(out, existing, shadow, routing);
                }
            }
            output.print(summary(shadow), () -> out.println(text(shadow)));
            out.flush();
            summed.countDown();
        }
        return differences.count() == 0 ? 0 : 1;
    }

    private Routing routing(ExistingAlertmanager existing) {
        Path file = config;
        AlertmanagerFile.Result read;
        try {
            read = file == null
                    ? AlertmanagerFile.read(Path.of(address + ""), existing.configuration())
                    : AlertmanagerFile.read(file, Files.readString(file));
        } catch (IOException e) {
            throw new UserError("cannot read " + file + ": " + e.getMessage());
        }
        return read.routing()
                .orElseThrow(() -> new UserError("the configuration cannot be used:\n"
                        + read.problems().stream().map(Problem::toString).collect(Collectors.joining("\n"))));
    }

    private void compare(PrintWriter out, ExistingAlertmanager existing, ShadowNotifier shadow, Routing routing)
            throws InterruptedException {
        Thread stop = new Thread(this::stop);
        Runtime.getRuntime().addShutdownHook(stop);
        Duration lasting = length;
        Instant end = lasting == null ? Instant.MAX : Instant.now().plus(lasting);
        err("comparing with " + address + " every " + every.toSeconds() + " s; nothing is sent");
        boolean interrupted = false;
        while (!interrupted && Instant.now().isBefore(end)) {
            look(out, existing, shadow, routing);
            interrupted = stopped.await(every.toMillis(), TimeUnit.MILLISECONDS);
        }
        if (!interrupted) {
            Runtime.getRuntime().removeShutdownHook(stop);
        }
    }

    /** When it is interrupted the summary is still printed. */
    private void stop() {
        stopped.countDown();
        try {
            boolean printed = summed.await(SUMMED_WITHIN_SECONDS, TimeUnit.SECONDS);
            if (!printed) {
                err("interrupted before the summary");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(PrintWriter out, ExistingAlertmanager existing, ShadowNotifier shadow, Routing routing) {
        shadow.silences(existing.silences());
        if (listen == null) {
            post(existing, shadow, routing.resolveTimeout());
        }
        Set<Grouped> theirs = existing.told();
        Set<Grouped> ours = shadow.told(Instant.now());
        compared.addAll(theirs);
        compared.addAll(ours);
        for (Difference difference : differences.look(theirs, ours)) {
            output.print(json(difference, shadow), () -> out.println(text(difference, shadow)));
        }
        out.flush();
    }

    /** What the Alertmanager has is posted here; what it has no more is over. */
    private void post(ExistingAlertmanager existing, ShadowNotifier shadow, Duration resolveTimeout) {
        Instant now = Instant.now();
        List<Posted> present = PostedHere.read(existing.alerts().toString(), now, resolveTimeout);
        Map<String, Posted> gone = new HashMap<>(last);
        present.forEach(post -> gone.remove(post.fingerprint()));
        shadow.post(present, now);
        shadow.post(gone.values().stream().map(post -> over(post, now)).toList(), now);
        last.clear();
        present.forEach(post -> last.put(post.fingerprint(), post));
    }

    private static Posted over(Posted post, Instant now) {
        Instant start = post.startsAt().isBefore(now) ? post.startsAt() : now;
        return new Posted(
                post.fingerprint(), post.labels(), post.annotations(), post.generatorUrl(), start, now, false);
    }

    private static Map<String, Object> json(Difference difference, ShadowNotifier shadow) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("only", difference.only().name().toLowerCase(java.util.Locale.ROOT));
        json.put("receiver", difference.alert().receiver());
        json.put("group", difference.alert().group());
        json.put("alert", difference.alert().alert());
        if (difference.only() == Side.ALERTMANAGER) {
            json.put("why", shadow.why(difference.alert()));
        }
        return json;
    }

    private static String text(Difference difference, ShadowNotifier shadow) {
        String where = "receiver " + difference.alert().receiver() + ", group "
                + difference.alert().group() + ": ";
        return difference.only() == Side.TOCSIN
                ? where + "only Tocsin tells of " + difference.alert().alert()
                : where + "only Alertmanager tells of " + difference.alert().alert() + "; Tocsin: "
                        + shadow.why(difference.alert());
    }

    private Map<String, Object> summary(ShadowNotifier shadow) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("compared", compared.size());
        json.put("differing", differences.count());
        json.put("noticesNotSent", shadow.notices());
        return json;
    }

    private String text(ShadowNotifier shadow) {
        return compared.size() + " alerts of groups compared, " + differences.count()
                + " differ; Tocsin would have sent " + shadow.notices() + " notices";
    }

    private void err(String line) {
        spec.commandLine().getErr().println(line);
        spec.commandLine().getErr().flush();
    }
}
