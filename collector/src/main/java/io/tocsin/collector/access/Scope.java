package io.tocsin.collector.access;

import java.util.Locale;

/** What a token allows to send; remote write is metrics. */
public enum Scope {
    METRICS,
    TRACES,
    LOGS;

    /** As it is written in the tokens file. */
    String written() {
        return name().toLowerCase(Locale.ROOT);
    }
}
