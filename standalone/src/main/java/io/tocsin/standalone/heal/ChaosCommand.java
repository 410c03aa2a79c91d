package io.tocsin.standalone.heal;

import io.tocsin.selfheal.chaos.Chaos;
import io.tocsin.selfheal.chaos.Fault;
import io.tocsin.selfheal.chaos.Outcome;
import io.tocsin.selfheal.chaos.Scenario;
import io.tocsin.selfheal.chaos.Violation;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tocsin chaos}: what happens when everything goes wrong. Exit codes: 0 nothing was violated, 1 something was. */
@Command(
        name = "chaos",
        description = "Lets everything go wrong in a simulation and looks for what must never happen",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
public final class ChaosCommand implements Runnable {

    private static final int PROGRESS = 1_000;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli before the command runs.
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing required subcommand");
    }

    private record Total(long runs, long actions, long violations, long unclosed, List<Outcome> bad) {
        static Total of(Outcome outcome) {
            return new Total(
                    1,
                    outcome.actions(),
                    outcome.violations().size(),
                    outcome.unclosed().size(),
                    outcome.good() ? List.of() : List.of(outcome));
        }

        Total plus(Total other) {
            return new Total(
                    runs + other.runs,
                    actions + other.actions,
                    violations + other.violations,
                    unclosed + other.unclosed,
                    java.util.stream.Stream.concat(bad.stream(), other.bad.stream())
                            .toList());
        }
    }

    @Command(
            name = "heal",
            description = "Simulates fleets with faults, cut-off and dying healers and lying commands around the real"
                    + " decisions; each run has a seed of its own, which repeats it",
            mixinStandardHelpOptions = true)
    int heal(
            @Option(
                            names = "--runs",
                            defaultValue = "1000",
                            description = "how many simulations (default: ${DEFAULT-VALUE})")
                    int runs,
            @Option(
                            names = "--seed",
                            defaultValue = "1",
                            description = "seed of the first; the next has the next (default: ${DEFAULT-VALUE})")
                    long seed,
            @Option(names = "--tell", description = "tell each history line by line") boolean tell) {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        if (runs < 1) {
            throw new ParameterException(spec.commandLine(), "--runs: expected at least 1, found " + runs);
        }
        AtomicLong done = new AtomicLong();
        LongStream seeds = LongStream.range(seed, seed + runs);
        Total total = (tell ? seeds : seeds.parallel())
                .mapToObj(each -> {
                    Outcome outcome =
                            tell ? Chaos.run(Scenario.of(each), line -> out.println(line.get())) : Chaos.run(each);
                    long so = done.incrementAndGet();
                    if (so % PROGRESS == 0 && so < runs) {
                        err.println(so + " of " + runs + " runs");
                        err.flush();
                    }
                    return Total.of(outcome);
                })
                .reduce(new Total(0, 0, 0, 0, List.of()), Total::plus);
        total.bad().forEach(outcome -> print(out, outcome));
        out.println("runs " + total.runs() + ", actions " + total.actions() + ", violations " + total.violations()
                + ", unclosed loops " + total.unclosed());
        out.flush();
        return total.bad().isEmpty() ? 0 : 1;
    }

    private static void print(PrintWriter out, Outcome bad) {
        long seed = bad.scenario().seed();
        out.println("seed " + seed + ": " + bad.violations().size() + " violations, "
                + bad.unclosed().size() + " unclosed loops");
        Outcome small = Chaos.shrink(bad);
        for (Violation violation : small.violations()) {
            out.println("  " + violation);
        }
        small.unclosed().forEach(run -> out.println("  unclosed: " + run));
        out.println("  it takes " + small.scenario().faults().size() + " of its "
                + bad.scenario().faults().size() + " faults:");
        for (Fault fault : small.scenario().faults()) {
            out.println("  " + fault);
        }
        out.println("  again: ./tocsin chaos heal --runs 1 --seed " + seed + " --tell");
    }
}
