package io.tocsin.benchmarks.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tocsin.benchmarks.detect.LabelledSeries.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One file of 1,000 rows with windows at rows 400 to 499 and 700 to 799, unless a test says otherwise. */
class ScoringTest {

    private static final LabelledSeries SERIES = new LabelledSeries(
            "a/b.csv",
            IntStream.range(0, 1000).mapToLong(i -> i * 60_000L).toArray(),
            new double[1000],
            List.of(new Window(400, 499), new Window(700, 799)));

    private static double[] detected(int... rows) {
        double[] scores = new double[1000];
        for (int row : rows) {
            scores[row] = 0.5;
        }
        return scores;
    }

    /** The benchmark's files, beside the repository, or the test is skipped with the reason. */
    private static Path nab() {
        String configured = System.getenv("TOCSIN_SHARED");
        Path root = configured != null
                ? Path.of(configured)
                : Path.of(System.getProperty("tocsin.repository", "..")).resolveSibling("shared");
        Path nab = root.resolve("testdata/nab");
        boolean there = Files.isDirectory(nab);
        if (!there) {
            System.out.println("skipped: " + nab + " is not there");
        }
        assumeTrue(there, () -> nab + " is not there");
        return nab;
    }

    private static double score(Profile profile, double[] scores) {
        return new Scoring(List.of(SERIES), profile).at(List.of(scores), 0.5).score();
    }

    @Test
    void nothingDetectedIsZeroAndEverythingAtItsFirstRowIsAHundred() {
        for (Profile profile : Profile.ALL) {
            assertThat(score(profile, detected())).isEqualTo(0);
            assertThat(score(profile, detected(400, 700))).isCloseTo(100, within(1e-9));
        }
    }

    @Test
    void theMiddleOfAWindowCountsWhatThePaperSays() {
        double raw = new Scoring(List.of(SERIES), Profile.STANDARD).raw(0, detected(450), 0.5);
        assertThat(raw).isCloseTo(0.84828 / 0.98661 - 1, within(1e-4));
    }

    @Test
    void onlyTheBestDetectionOfAWindowCounts() {
        assertThat(score(Profile.STANDARD, detected(400, 401, 450, 499, 700))).isCloseTo(100, within(1e-9));
    }

    @Test
    void aFalseAlarmCostsMoreTheFartherItIsBehindAWindow() {
        Scoring scoring = new Scoring(List.of(SERIES), Profile.STANDARD);
        double missed = -2;
        assertThat(scoring.raw(0, detected(300), 0.5) - missed).isCloseTo(-0.11, within(1e-9));
        assertThat(scoring.raw(0, detected(500), 0.5) - missed).isCloseTo(-0.11 * 0.02525, within(1e-5));
        assertThat(scoring.raw(0, detected(598), 0.5) - missed).isCloseTo(-0.11 * 0.98661, within(1e-5));
    }

    @Test
    void theFirstRowsDoNotCount() {
        assertThat(score(Profile.STANDARD, detected(0, 149))).isEqualTo(0);
        assertThat(score(Profile.STANDARD, detected(150))).isLessThan(0);
    }

    @Test
    void theBestThresholdIsTheOneThatScoresMost() {
        double[] scores = detected(400, 700);
        scores[400] = 0.9;
        scores[700] = 0.8;
        for (int row = 200; row < 220; row++) {
            scores[row] = 0.7;
        }
        Scoring scoring = new Scoring(List.of(SERIES), Profile.STANDARD);
        Scoring.Outcome best = scoring.best(List.of(scores));
        assertThat(best.threshold()).isEqualTo(0.8);
        assertThat(best.score()).isCloseTo(scoring.at(List.of(scores), 0.8).score(), within(1e-9));
    }

    @Test
    void readsTheBenchmarksLayoutAndScoresItsNullDetectorAsItIsPublished() throws IOException {
        Path nab = nab();
        List<LabelledSeries> corpus = Corpus.read(nab);
        Scoring scoring = new Scoring(corpus, Profile.STANDARD);
        int checked = 0;
        for (String line : Files.readAllLines(nab.resolve("published_standard_scores.csv"))) {
            String[] fields = line.split(",", -1);
            for (int i = 0; i < corpus.size(); i++) {
                if (fields[0].equals("null") && fields[3].equals(corpus.get(i).name())) {
                    double raw = scoring.raw(i, new double[corpus.get(i).rows()], 0.5);
                    assertThat(raw).isEqualTo(Double.parseDouble(fields[5]));
                    checked++;
                }
            }
        }
        assertThat(checked).isEqualTo(corpus.size());
    }
}
