package io.tocsin.rulesengine.detect.spike;

/** What a rule may say instead of a budget. */
public enum Sensitivity {
    /** One false alarm in 30 days. */
    LOW(1.0 / 30),
    /** One false alarm in 7 days. */
    MEDIUM(1.0 / 7),
    /** One false alarm a day. */
    HIGH(1);

    private final double alarmsADay;

    Sensitivity(double alarmsADay) {
        this.alarmsADay = alarmsADay;
    }

    /** The budget of the rule, over all its series. */
    public Budget budget() {
        return Budget.aDay(alarmsADay);
    }
}
