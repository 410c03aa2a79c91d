package io.tocsin.notifier.route;

/** What a route does with alerts that the incident explains. */
public enum Convergence {
    /** Notices as without incidents; each alert carries its incident's id. */
    ANNOTATE,
    /** Symptoms whose root is told to the same receiver create no notice of their own; they are listed. */
    SUPPRESS
}
