package io.tocsin.rulesengine.converge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which members of an incident its snapshots name. The others are counted, so that a storm of any size is a snapshot of
 * bounded size. What is named stays so until people could have read that it recovered.
 */
final class Listing {

    private Listing() {}

    /** Who cares about an alert: a severity or a team that is not named yet is never only counted. */
    private record Audience(String severity, String team) {

        static Audience of(Member member) {
            return new Audience(
                    member.change().labels().getOrDefault("severity", ""),
                    member.change().labels().getOrDefault("team", ""));
        }
    }

    /**
     * The members that are to be named from now on, the oldest first.
     *
     * @param fresh those that joined just now: only they can bring an audience that was never named
     */
    static List<Member> named(List<Member> members, Set<Member.Key> fresh, int limit) {
        int room = limit;
        Set<Audience> audiences = new HashSet<>();
        List<Member> waiting = new ArrayList<>();
        for (Member member : members) {
            if (member.listed()) {
                room--;
                audiences.add(Audience.of(member));
            } else if (member.present()) {
                waiting.add(member);
            }
        }
        if (room <= 0) {
            waiting.removeIf(member -> !fresh.contains(member.key()));
        }
        waiting.sort(Comparator.comparingLong(Member::startsAtMs).thenComparing(Member::key));
        List<Member> named = new ArrayList<>();
        for (Member member : waiting) {
            if (audiences.add(Audience.of(member)) || room > 0) {
                room--;
                named.add(member.listed(true));
            }
        }
        return named;
    }

    /** The members that give up their place, after they were shown as recovered: some that are only counted want it. */
    static List<Member> released(List<Member> members, int limit) {
        long named = members.stream().filter(Member::listed).count();
        boolean wanted = members.stream().anyMatch(member -> member.present() && !member.listed());
        if (!wanted || named < limit) {
            return List.of();
        }
        return members.stream()
                .filter(member -> member.listed() && !member.present())
                .map(member -> member.listed(false))
                .toList();
    }

    /** Whether some are only counted though there is room to name them. */
    static boolean hasRoom(List<Member> members, int limit) {
        long named = members.stream().filter(Member::listed).count();
        return named < limit && members.stream().anyMatch(member -> member.present() && !member.listed());
    }
}
