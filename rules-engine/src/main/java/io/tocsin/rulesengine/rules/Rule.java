package io.tocsin.rulesengine.rules;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** A rule of a group. */
public sealed interface Rule {

    /** The name of the alert, of the recorded metric or of the objective. */
    String name();

    /** The labels of the rule, those of its group included. */
    SequencedMap<String, String> labels();

    Position position();

    /** A rule that raises an alert per element of its expression. */
    record Alerting(
            String name,
            Expression expression,
            Condition condition,
            Duration holdFor,
            Duration keepFiringFor,
            WhenMissing whenMissing,
            OnIncomplete onIncomplete,
            SequencedMap<String, String> labels,
            SequencedMap<String, String> annotations,
            Position position)
            implements Rule {
        public Alerting {
            labels = Ordered.copy(labels);
            annotations = Ordered.copy(annotations);
        }
    }

    /** A rule that writes its result as a series. */
    record Recording(String name, Expression expression, SequencedMap<String, String> labels, Position position)
            implements Rule {
        public Recording {
            labels = Ordered.copy(labels);
        }
    }

    /**
     * A service level objective; it stands for the alerting rules of its burn rates.
     *
     * @param objective the wanted share of good events, between 0 and 1
     * @param alerts one per pair of windows
     */
    record Objective(
            String name,
            double objective,
            List<Alerting> alerts,
            SequencedMap<String, String> labels,
            SequencedMap<String, String> annotations,
            Position position)
            implements Rule {
        public Objective {
            if (!(objective > 0 && objective < 1)) {
                throw new IllegalArgumentException("an objective lies between 0 and 1: " + objective);
            }
            alerts = List.copyOf(alerts);
            labels = Ordered.copy(labels);
            annotations = Ordered.copy(annotations);
        }
    }

    /** The rules that are evaluated in its stead: itself, or an objective's alerts. */
    default List<Rule> evaluated() {
        return switch (this) {
            case Alerting alerting -> List.of(alerting);
            case Recording recording -> List.of(recording);
            case Objective objective -> List.copyOf(objective.alerts());
        };
    }

    /** Copies that keep the order of the file. */
    final class Ordered {
        private Ordered() {}

        static SequencedMap<String, String> copy(Map<String, String> map) {
            return java.util.Collections.unmodifiableSequencedMap(new java.util.LinkedHashMap<>(map));
        }
    }
}
