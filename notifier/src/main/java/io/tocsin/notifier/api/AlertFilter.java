package io.tocsin.notifier.api;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.tocsin.notifier.api.AlertView.Placed;
import io.tocsin.notifier.route.Matcher;
import io.tocsin.notifier.route.MatcherParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a question to API v2 leaves out.
 *
 * @param matchers all must hold
 * @param receiver a regular expression on the receivers' names
 * @param active whether alerts that nothing holds are shown
 * @param silenced whether silenced ones are
 * @param inhibited whether explained ones are
 */
record AlertFilter(
        List<Matcher> matchers, Optional<Pattern> receiver, boolean active, boolean silenced, boolean inhibited) {

    /**
     * The filter of a question.
     *
     * @throws BadRequest when a matcher or the receiver's expression cannot be read
     */
    static AlertFilter of(
            @Nullable List<String> filter,
            @Nullable String receiver,
            boolean active,
            boolean silenced,
            boolean inhibited) {
        return new AlertFilter(
                matchers(filter), Optional.ofNullable(receiver).map(AlertFilter::pattern), active, silenced, inhibited);
    }

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

    private static Pattern pattern(String receiver) {
        try {
            return Pattern.compile("^(?:" + receiver + ")$");
        } catch (PatternSyntaxException e) {
            throw new BadRequest("receiver is not a regular expression: " + e.getDescription());
        }
    }

    boolean shows(Placed placed) {
        return Matcher.all(matchers, placed.alert().labels())
                && (active || placed.suppressed())
                && (silenced || placed.silencedBy().isEmpty())
                && (inhibited || placed.inhibitedBy().isEmpty())
                && placed.targets().stream().anyMatch(target -> shows(target.receiver()));
    }

    boolean shows(String name) {
        return receiver.isEmpty() || receiver.get().matches(name);
    }
}
