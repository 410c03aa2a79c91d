package io.tocsin.contracts;

/**
 * Series of a Prometheus inside OTLP. A scope of this name says that the names of its metrics and the attributes of its points are
 * a Prometheus' own, all of them but {@code job} and {@code instance}: those are the resource's {@code service.name} and
 * {@code service.instance.id}, each present only if the series had it. Whoever reads such a scope as series takes them as they
 * stand, without translating names, adding suffixes or promoting attributes.
 */
public final class PrometheusSeries {

    /** The scope's name. */
    public static final String SCOPE = "io.tocsin.prometheus.remotewrite";

    /** The label that is the resource's {@value #JOB_ATTRIBUTE}. */
    public static final String JOB = "job";

    /** The label that is the resource's {@value #INSTANCE_ATTRIBUTE}. */
    public static final String INSTANCE = "instance";

    /** Holds the label {@code job}. */
    public static final String JOB_ATTRIBUTE = "service.name";

    /** Holds the label {@code instance}. */
    public static final String INSTANCE_ATTRIBUTE = "service.instance.id";

    private PrometheusSeries() {}
}
