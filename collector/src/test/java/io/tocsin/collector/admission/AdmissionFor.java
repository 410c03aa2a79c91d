package io.tocsin.collector.admission;

import io.tocsin.collector.CollectorSettings;
import java.time.Duration;

/** Admissions for the tests of other packages. */
public final class AdmissionFor {

    private AdmissionFor() {}

    /** Exactly so many requests at once. */
    public static Admission requests(int number) {
        return new Admission(
                new CollectorSettings("c", "127.0.0.1", 0, 10, 1_000, Duration.ofSeconds(1)),
                new AdmissionSettings(0, 0, number, number));
    }
}
