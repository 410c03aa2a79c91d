package io.tocsin.console.alert;

import java.util.LinkedHashMap;
import java.util.List;

/** Folds transitions, in the order of the log, into the alerts. For one thread. */
public final class AlertFold {

    private final int keepEnded;
    /** Those that changed longest ago first. */
    private final LinkedHashMap<Alert.Key, Alert> alerts = new LinkedHashMap<>();

    private int ended;

    /**
     * Starts empty.
     *
     * @param keepEnded alerts that are over and still kept, those that ended last; the others are all kept
     */
    public AlertFold(int keepEnded) {
        this.keepEnded = keepEnded;
    }

    /**
     * Takes a transition.
     *
     * @param change the alert with this transition alone
     * @return false when it is known
     */
    public boolean apply(Alert change) {
        Alert known = alerts.get(change.key());
        if (known != null && isKnown(known, change.last())) {
            return false;
        }
        alerts.remove(change.key());
        ended += ended(change) - (known == null ? 0 : ended(known));
        alerts.put(change.key(), known == null ? change : change.after(known));
        forgetOldest();
        return true;
    }

    private static boolean isKnown(Alert known, Transition transition) {
        return known.history().stream().anyMatch(one -> one.id().equals(transition.id()));
    }

    private void forgetOldest() {
        var oldest = alerts.values().iterator();
        while (ended > keepEnded && oldest.hasNext()) {
            if (ended(oldest.next()) == 1) {
                oldest.remove();
                ended--;
            }
        }
    }

    private static int ended(Alert alert) {
        return alert.state() == State.INACTIVE ? 1 : 0;
    }

    /** What is known now, the latest change first. */
    public List<Alert> alerts() {
        return List.copyOf(alerts.sequencedValues().reversed());
    }
}
