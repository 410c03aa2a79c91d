package io.tocsin.selfheal.chaos;

/** What keeps a simulated instance safe beside the guards; a test takes one away and sees that it is missed. */
enum Protection {
    /** A decision is written only under the lease that is held. */
    FENCE,
    /** The right to act ends by the instance's own clock. */
    TERM,
    /** What runs is stopped by the kill switch. */
    SWITCH_STOPS,
    /** A decision is acted on at once or not at all. */
    DECISION_HOLDS,
    /** Before a decision counts, the newest snapshot of its incident is looked at. */
    NEWEST_INCIDENT,
    /** A log that is out of reach stops decisions. */
    CURRENT_LOG,
    /** A further step is looked at anew. */
    STEP_GUARDS,
    /** Time is the database's. */
    SHARED_TIME,
    /** A repair is verified by what is found, in several evaluations. */
    VERIFICATION,
    /** What an interrupted step did is found out before it is repeated. */
    OBSERVATION
}
