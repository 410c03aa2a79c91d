package io.tocsin.notifier.route.file;

import io.tocsin.notifier.route.ClassicMatcherParser;
import io.tocsin.notifier.route.Matcher;
import io.tocsin.notifier.route.Matcher.Operator;
import io.tocsin.notifier.route.MatcherParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads matchers in the old syntax (two mappings) and the new one (a list of texts). */
final class MatchersReader {

    private static final Pattern CLASSIC_NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

    private final Reading reading;

    MatchersReader(Reading reading) {
        this.reading = reading;
    }

    /** All matchers of an object, whose keys are these three; in the order in which a route's key has them. */
    List<Matcher> read(YamlObject object, String match, String matchRe, String matchers) {
        List<Matcher> all = new ArrayList<>();
        old(object, match, Operator.EQUAL, all);
        old(object, matchRe, Operator.MATCHES, all);
        for (ScalarNode text : object.texts(matchers)) {
            parse(text, all);
        }
        all.sort(Matcher.ORDER);
        return all;
    }

    private void old(YamlObject object, String key, Operator operator, List<Matcher> all) {
        object.value(key)
                .map(node -> YamlObject.anyKeys(reading, node, key))
                .ifPresent(labels -> labels.forEach((label, value) -> one(labels, label, operator, value, all)));
    }

    private void one(YamlObject labels, String label, Operator operator, Node value, List<Matcher> all) {
        if (!CLASSIC_NAME.matcher(label).matches()) {
            reading.invalid(labels.at(label), "\"" + label + "\" is not a label name; matchers allow any, in quotes");
            return;
        }
        if (operator == Operator.MATCHES && Scalars.isNull(value)) {
            reading.invalid(labels.at(label), "\"" + label + "\" has no regular expression");
            return;
        }
        labels.scalar(value).ifPresent(text -> {
            try {
                all.add(new Matcher(label, operator, Scalars.text(text)));
            } catch (IllegalArgumentException e) {
                reading.invalid(text, String.valueOf(e.getMessage()));
            }
        });
    }

    /** Where both grammars take a text and read it differently, the older one counts, as it does in Alertmanager. */
    private void parse(ScalarNode text, List<Matcher> all) {
        Optional<List<Matcher>> classic = ClassicMatcherParser.parse(text.getValue());
        try {
            List<Matcher> matchers = MatcherParser.parse(text.getValue());
            all.addAll(classic.orElse(matchers));
        } catch (MatcherParser.SyntaxException e) {
            if (classic.isPresent()) {
                all.addAll(classic.get());
                return;
            }
            // Escapes and folded lines shift what follows; there the scalar's start is the honest place.
            boolean verbatim =
                    text.getScalarStyle() == ScalarStyle.PLAIN || text.getScalarStyle() == ScalarStyle.SINGLE_QUOTED;
            int quote = text.getScalarStyle() == ScalarStyle.SINGLE_QUOTED ? 1 : 0;
            reading.invalid(
                    text,
                    verbatim ? e.offset() + quote : 0,
                    "not a matcher: " + text.getValue() + ": " + e.getMessage());
        }
    }
}
