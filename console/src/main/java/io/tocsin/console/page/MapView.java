package io.tocsin.console.page;

import io.tocsin.console.graph.CallMap;
import io.tocsin.console.graph.Drawing;
import io.tocsin.console.graph.Drawing.Box;
import io.tocsin.console.incident.Board;
import io.tocsin.console.incident.Incident;
import io.tocsin.console.incident.Member;
import io.tocsin.console.incident.Severity;
import io.tocsin.console.incident.Tone;
import java.util.HashMap;
import java.util.Map;

/**
 * A map of services, coloured by what goes on.
 *
 * @param map who calls whom
 * @param drawing of it
 * @param tones of services that something is wrong with
 */
public record MapView(CallMap map, Drawing drawing, Map<String, Tone> tones) {

    /** Calls that fail more often than this are drawn as failing. */
    private static final double FAILING = 0.01;

    private static final int MOST_LETTERS = 20;

    public MapView {
        tones = Map.copyOf(tones);
    }

    /** A map with the active members of open incidents. */
    static MapView of(CallMap map, Board board) {
        Map<String, Tone> tones = new HashMap<>();
        for (Incident incident : board.open()) {
            for (Member member : incident.members()) {
                if (member.isActive()) {
                    tones.merge(member.element(), tone(member), MapView::worse);
                }
            }
        }
        return new MapView(map, Drawing.of(map), tones);
    }

    private static Tone tone(Member member) {
        boolean bad = member.disposition() == Member.Disposition.ROOT
                || Severity.of(member.labels().getOrDefault("severity", "")) == Severity.CRITICAL;
        return bad ? Tone.BAD : Tone.ASK;
    }

    private static Tone worse(Tone a, Tone b) {
        return a == Tone.BAD || b == Tone.BAD ? Tone.BAD : Tone.ASK;
    }

    /** For style sheets: how a service is drawn. */
    public String css(Box box) {
        Tone tone = tones.get(box.service());
        return (tone == null ? "" : tone.css()) + (box.virtual() ? " virtual" : "");
    }

    /** What is wrong with a service, for those who do not see colours. */
    public String words(Box box) {
        Tone tone = tones.get(box.service());
        return box.service() + (tone == null ? "" : tone == Tone.BAD ? ", fails" : ", affected");
    }

    /** A service's name as far as its box has room. */
    public String name(Box box) {
        String name = box.service();
        return name.length() > MOST_LETTERS ? name.substring(0, MOST_LETTERS - 1) + "…" : name;
    }

    /** Whether calls fail so often that people should see it. */
    public boolean isFailing(CallMap.Edge edge) {
        return edge.errors() > FAILING;
    }

    /** Calls of an edge in a few letters. */
    public String words(CallMap.Edge edge) {
        String errors = edge.errors() == 0 ? "" : " · " + Words.percent(edge.errors()) + " fail";
        return Words.rate(edge.rate()) + " · " + Words.seconds(edge.latency()) + errors;
    }
}
