package io.tocsin.notifier.api;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.tocsin.notifier.api.AlertView.Placed;
import io.tocsin.notifier.route.Matcher;
import io.tocsin.notifier.route.MatcherParser;
import io.tocsin.notifier.route.Receiver;
import io.tocsin.notifier.route.Routing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a question to API v2 leaves out.
 *
 * @param matchers all must hold
 * @param receivers names of those who are asked about
 * @param active whether alerts that nothing holds are shown
 * @param silenced whether silenced ones are
 * @param inhibited whether explained ones are
 * @param unprocessed whether posted ones are that are not part of an incident yet
 */
record AlertFilter(
        List<Matcher> matchers,
        Set<String> receivers,
        boolean active,
        boolean silenced,
        boolean inhibited,
        boolean unprocessed) {

    static List<Matcher> matchers(@Nullable List<String> filter) {
        List<Matcher> matchers = new ArrayList<>();
        for (String text : filter == null ? List.<String>of() : filter) {
            try {
                matchers.addAll(MatcherParser.parse(text));
            } catch (MatcherParser.SyntaxException e) {
                throw new BadRequest("filter \"" + text + "\" is not a matcher: " + e.getMessage());
            }
        }
        return matchers;
    }

    /**
     * Receivers that a question is about.
     *
     * @param name a regular expression on the whole name; null for any
     * @param matchers on the receivers' labels
     * @throws BadRequest when a matcher or the expression cannot be read
     */
    static Set<String> receivers(Routing routing, @Nullable String name, @Nullable List<String> matchers) {
        Pattern pattern = pattern(name == null ? ".*" : name);
        List<Matcher> labels = matchers(matchers);
        Set<String> names = new HashSet<>();
        routing.receivers().stream()
                .filter(receiver -> Matcher.all(labels, receiver.labels()))
                .map(Receiver::name)
                .filter(pattern::matches)
                .forEach(names::add);
        return names;
    }

    private static Pattern pattern(String receiver) {
        try {
            return Pattern.compile("^(?:" + receiver + ")$", Pattern.DOTALL);
        } catch (PatternSyntaxException e) {
            throw new BadRequest("receiver is not a regular expression: " + e.getDescription());
        }
    }

    boolean shows(Placed placed) {
        return Matcher.all(matchers, placed.alert().labels())
                && (active || !placed.state().equals("active"))
                && (unprocessed || placed.processed())
                && (silenced || placed.silencedBy().isEmpty())
                && (inhibited || placed.inhibitedBy().isEmpty())
                && placed.targets().stream().anyMatch(target -> shows(target.receiver()));
    }

    boolean shows(String name) {
        return receivers.contains(name);
    }
}
