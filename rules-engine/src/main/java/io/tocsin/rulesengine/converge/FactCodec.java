package io.tocsin.rulesengine.converge;

import io.tocsin.rulesengine.alert.AlertState;
import io.tocsin.rulesengine.alert.Reason;
import io.tocsin.rulesengine.state.StateReader;
import io.tocsin.rulesengine.state.StateWriter;
import io.tocsin.rulesengine.topology.EdgeWindow;

/** Facts as bytes, for the inbox between two ticks. */
public final class FactCodec {

    private static final int LAYOUT = 2;
    private static final int CHANGE = 1;
    private static final int CALLED = 2;
    private static final int RUNS_ON = 3;
    private static final int REPAIR = 4;

    private FactCodec() {}

    public static byte[] encode(Fact fact) {
        StateWriter out = new StateWriter(LAYOUT);
        switch (fact) {
            case Fact.Change change -> write(out.number(CHANGE), change);
            case Fact.Called called -> out.number(CALLED).bytes(called.window().encode());
            case Fact.RunsOn at ->
                out.number(RUNS_ON)
                        .text(at.service())
                        .text(at.node())
                        .text(at.version())
                        .number(at.atMs());
            case Fact.Repair repair -> write(out.number(REPAIR), repair);
        }
        return out.toBytes();
    }

    /** @throws IllegalStateException when the bytes are of no known kind */
    public static Fact decode(byte[] bytes) {
        StateReader in = new StateReader(bytes, LAYOUT);
        int kind = in.count();
        return switch (kind) {
            case CHANGE -> change(in);
            case CALLED -> new Fact.Called(EdgeWindow.decode(in.bytes()));
            case RUNS_ON -> new Fact.RunsOn(in.text(), in.text(), in.text(), in.number());
            case REPAIR ->
                new Fact.Repair(
                        in.text(), in.text(), in.text(), in.text(), in.text(), in.text(), in.text(), in.number());
            default -> throw new IllegalStateException("a fact of kind " + kind);
        };
    }

    private static void write(StateWriter out, Fact.Repair repair) {
        out.text(repair.id()).text(repair.incident()).text(repair.playbook()).text(repair.target());
        out.text(repair.phase()).text(repair.reason()).text(repair.detail()).number(repair.atMs());
    }

    static void write(StateWriter out, Fact.Change change) {
        out.text(change.id()).text(change.fingerprint()).text(change.rule());
        out.texts(change.labels()).texts(change.annotations());
        out.name(change.to()).name(change.reason()).number(change.atMs()).number(change.firedAtMs());
        out.real(change.value());
        Fact.Quality quality = change.quality();
        out.number(quality.completeness()).number(quality.shardsReported());
        out.number(quality.shardsExpected()).number(quality.newestSampleAgeMs());
        out.text(change.source()).text(change.generatorUrl());
    }

    static Fact.Change change(StateReader in) {
        return new Fact.Change(
                in.text(),
                in.text(),
                in.text(),
                in.texts(),
                in.texts(),
                in.name(AlertState.class),
                in.name(Reason.class),
                in.number(),
                in.number(),
                in.real(),
                new Fact.Quality(in.count(), in.count(), in.count(), in.number()),
                in.text(),
                in.text());
    }
}
