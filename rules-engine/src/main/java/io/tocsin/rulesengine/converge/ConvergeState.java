package io.tocsin.rulesengine.converge;

import io.tocsin.rulesengine.state.StateReader;
import io.tocsin.rulesengine.state.StateWriter;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What convergence knows of one environment.
 *
 * @param members alerts by fingerprint and rule: the active ones, and those that recovered lately
 * @param incidents the open ones by id
 * @param merged what merged incidents became part of, with the tick, so that a late repair finds its incident
 */
public record ConvergeState(
        String environment,
        Topology topology,
        SortedMap<Member.Key, Member> members,
        SortedMap<String, Incident> incidents,
        SortedMap<String, Merged> merged) {

    private static final int LAYOUT = 2;

    record Merged(String into, long atMs) {}

    public ConvergeState {
        members = Member.copy(members);
        incidents = Collections.unmodifiableSortedMap(new TreeMap<>(incidents));
        merged = Collections.unmodifiableSortedMap(new TreeMap<>(merged));
    }

    public static ConvergeState empty(String environment) {
        return new ConvergeState(environment, Topology.EMPTY, new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    }

    public byte[] encode() {
        StateWriter out = new StateWriter(LAYOUT).text(environment);
        topology.encode(out);
        out.each(members.values(), (to, member) -> member.encode(to));
        out.each(incidents.values(), (to, incident) -> incident.encode(to));
        out.each(
                merged.entrySet(),
                (to, entry) -> to.text(entry.getKey())
                        .text(entry.getValue().into())
                        .number(entry.getValue().atMs()));
        return out.toBytes();
    }

    public static ConvergeState decode(byte[] bytes) {
        StateReader in = new StateReader(bytes, LAYOUT);
        String environment = in.text();
        Topology topology = Topology.decode(in);
        TreeMap<Member.Key, Member> members = new TreeMap<>();
        in.each(Member::decode).forEach(member -> members.put(member.key(), member));
        TreeMap<String, Incident> incidents = new TreeMap<>();
        in.each(Incident::decode).forEach(incident -> incidents.put(incident.id(), incident));
        TreeMap<String, Merged> merged = new TreeMap<>();
        int size = in.count();
        for (int i = 0; i < size; i++) {
            String id = in.text();
            merged.put(id, new Merged(in.text(), in.number()));
        }
        return new ConvergeState(environment, topology, members, incidents, merged);
    }
}
