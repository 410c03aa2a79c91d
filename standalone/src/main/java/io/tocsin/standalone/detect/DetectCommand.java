package io.tocsin.standalone.detect;

import io.tocsin.rulesengine.detect.spike.Direction;
import io.tocsin.rulesengine.detect.spike.Kind;
import io.tocsin.rulesengine.detect.spike.Sensitivity;
import io.tocsin.rulesengine.detect.spike.SpikePolicy;
import io.tocsin.rulesengine.detect.spike.SpikeVerdict.Phase;
import io.tocsin.standalone.cli.UserError;
import io.tocsin.standalone.detect.Run.Event;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tocsin detect}: what a spike rule would have told of a series in a file. */
@Command(
        name = "detect",
        description = "Run the spike detector over a file of times and values, list the events and draw them",
        mixinStandardHelpOptions = true)
public final class DetectCommand implements Callable<Integer> {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli before the command runs.
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "a line is a time and a value, separated by a comma")
    @SuppressWarnings("NullAway.Init") // Set by picocli before the command runs.
    private Path file;

    @Option(
            names = "--sensitivity",
            defaultValue = "medium",
            description = "low, medium or high: a false alarm in 30 days, in 7, or a day (default ${DEFAULT-VALUE})")
    private Sensitivity sensitivity = Sensitivity.MEDIUM;

    @Option(names = "--direction", defaultValue = "both", description = "up, down or both (default ${DEFAULT-VALUE})")
    private Direction direction = Direction.BOTH;

    @Option(
            names = "--kind",
            defaultValue = "gauge",
            description = "gauge, counter or ratio (default ${DEFAULT-VALUE})")
    private Kind kind = Kind.GAUGE;

    @Option(names = "--min-change", defaultValue = "0", description = "least difference from what is usual")
    private double minChange;

    @Option(
            names = "--plot",
            paramLabel = "IMAGE",
            description = "an .svg or .png (default: FILE's name with .svg, here)")
    @Nullable
    private Path plot;

    @Override
    public Integer call() throws IOException {
        TimedValues series = read();
        double margin = sensitivity.budget().margin(1, Run.intervalMs(series));
        SpikePolicy policy =
                SpikePolicy.of(margin).direction(direction).kind(kind).minChange(minChange, 0);
        Run run = Run.over(series, policy);
        PrintWriter out = spec.commandLine().getOut();
        for (Event event : run.events()) {
            out.println(line(series, event));
        }
        String season = run.seasons().isEmpty() ? "no season" : "season: " + run.seasons();
        Path image = plot == null ? Path.of(name() + ".svg") : plot;
        Plot.write(series, run, name(), image);
        out.println(series.values().length + " values, " + run.events().size() + " events, " + season + "; drawn in "
                + image);
        out.flush();
        return 0;
    }

    private TimedValues read() throws IOException {
        try {
            TimedValues series = TimedValues.read(file);
            if (series.values().length == 0) {
                throw new UserError(file + " has no values");
            }
            return series;
        } catch (NoSuchFileException e) {
            throw new UserError("there is no file " + file);
        }
    }

    private String name() {
        String last = String.valueOf(file.getFileName());
        int dot = last.lastIndexOf('.');
        return dot > 0 ? last.substring(0, dot) : last;
    }

    private static String line(TimedValues series, Event event) {
        String end = event.end() == Phase.FIRING ? "goes on" : "until " + time(series, event.endRow());
        String stays = event.end() == Phase.BASELINE_CHANGED ? ", is normal since" : "";
        return time(series, event.startRow()) + "  " + event.began().why() + "; " + end + stays;
    }

    private static String time(TimedValues series, int row) {
        return TIME.format(Instant.ofEpochMilli(series.timesMs()[row]));
    }
}
