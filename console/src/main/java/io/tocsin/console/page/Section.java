package io.tocsin.console.page;

import java.time.Duration;

/** The entries of the navigation. */
public enum Section {
    INCIDENTS("Incidents", "/", 'i', Duration.ofSeconds(30)),
    ALERTS("Alerts", "/alerts", 'a', Duration.ofSeconds(10)),
    RULES("Rules", "/rules", 'r', Duration.ofSeconds(10)),
    SILENCES("Silences", "/silences", 's', Duration.ofSeconds(10)),
    QUERY("Query", "/query", 'q', Duration.ZERO),
    REPAIRS("Repairs", "/repairs", 'h', Duration.ofSeconds(5)),
    MAP("Services", "/services", 'm', Duration.ofSeconds(10)),
    PIPELINE("Pipeline", "/pipeline", 'p', Duration.ofSeconds(5));

    private final String title;
    private final String address;
    private final char key;
    private final Duration refresh;

    Section(String title, String address, char key, Duration refresh) {
        this.title = title;
        this.address = address;
        this.key = key;
        this.refresh = refresh;
    }

    /** As the navigation calls it. */
    public String title() {
        return title;
    }

    /** Of its first page. */
    public String address() {
        return address;
    }

    /** After g, goes there. */
    public char key() {
        return key;
    }

    /** When open pages fetch themselves: at changes, and after so long; zero: a person asks. */
    public String trigger() {
        return refresh.isZero() ? "none" : "sse:changed, every " + refresh.toSeconds() + "s";
    }
}
