package io.tocsin.benchmarks.detect;

import io.tocsin.rulesengine.detect.spike.Sensitivity;
import io.tocsin.rulesengine.detect.spike.SpikeDetector;
import io.tocsin.rulesengine.detect.spike.SpikePolicy;
import io.tocsin.rulesengine.detect.spike.SpikeState;
import io.tocsin.rulesengine.detect.spike.SpikeVerdict;
import io.tocsin.rulesengine.detect.spike.SpikeVerdict.Phase;
import io.tocsin.standalone.cli.UserError;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code tocsin bench detect}: runs the spike detector over a directory in NAB's layout and scores it as NAB does. The
 * configuration is that of a rule of high sensitivity with one series, the same for every file.
 */
@Command(
        name = "detect",
        description = "Scores the spike detector on the Numenta Anomaly Benchmark",
        mixinStandardHelpOptions = true)
public final class DetectCommand implements Callable<Integer> {

    /** Most of the files have a value every five minutes. */
    private static final long INTERVAL_MS = 5 * 60_000;

    private static final double ANY = Double.MIN_NORMAL;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli before the command runs.
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "has data/ and labels/ in it, or is data/ with labels/ beside it")
    @SuppressWarnings("NullAway.Init") // Set by picocli before the command runs.
    private Path directory;

    @Option(names = "--files", description = "also one line per file")
    private boolean files;

    @Override
    public Integer call() {
        List<LabelledSeries> corpus;
        try {
            corpus = Corpus.read(directory);
        } catch (IOException | UserError e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        PrintWriter out = spec.commandLine().getOut();
        List<double[]> scores = corpus.stream().map(DetectCommand::scores).toList();
        double threshold = new Scoring(corpus, Profile.STANDARD).best(scores).threshold();
        if (files) {
            print(out, corpus, scores, threshold, LabelledSeries::name);
        }
        print(out, corpus, scores, threshold, LabelledSeries::category);
        List<Scoring.Outcome> best = new ArrayList<>();
        List<Scoring.Outcome> fixed = new ArrayList<>();
        for (Profile profile : Profile.ALL) {
            Scoring scoring = new Scoring(corpus, profile);
            best.add(scoring.best(scores));
            fixed.add(scoring.at(scores, ANY));
        }
        out.println(line("score, threshold fixed beforehand", fixed));
        out.println(line("score", best));
        out.flush();
        return 0;
    }

    /** Per row the detector's score where an event begins or gets far worse, otherwise 0. */
    static double[] scores(LabelledSeries series) {
        double margin = Sensitivity.HIGH.budget().margin(1, INTERVAL_MS);
        SpikeDetector detector = new SpikeDetector(SpikePolicy.of(margin));
        SpikeState state = new SpikeState();
        double[] scores = new double[series.rows()];
        for (int row = 0; row < scores.length; row++) {
            SpikeVerdict verdict = detector.step(state, series.timesMs()[row], series.values()[row])
                    .verdict();
            boolean told = verdict.phase() == Phase.STARTED || verdict.phase() == Phase.WORSENED;
            scores[row] = told ? verdict.score() : 0;
        }
        return scores;
    }

    private static void print(
            PrintWriter out,
            List<LabelledSeries> corpus,
            List<double[]> scores,
            double threshold,
            Function<LabelledSeries, String> group) {
        for (String name : corpus.stream().map(group).distinct().toList()) {
            List<LabelledSeries> series = new ArrayList<>();
            List<double[]> of = new ArrayList<>();
            for (int i = 0; i < corpus.size(); i++) {
                if (group.apply(corpus.get(i)).equals(name)) {
                    series.add(corpus.get(i));
                    of.add(scores.get(i));
                }
            }
            out.println(name + ": " + Counts.of(series, of, threshold).text(series, of, threshold));
        }
    }

    private static String line(String name, List<Scoring.Outcome> outcomes) {
        StringBuilder line = new StringBuilder(name).append(':');
        for (int i = 0; i < outcomes.size(); i++) {
            line.append(i == 0 ? " " : ", ").append(Profile.ALL.get(i).name());
            line.append(String.format(Locale.ROOT, " %.1f", outcomes.get(i).score()));
        }
        return line.toString();
    }
}
