package io.tocsin.selfheal.chaos;

/** What must never happen. */
public enum Law {
    /** Two instances have commands at work, or one that does not own the right. */
    ONE_OWNER,
    /** Two repairs at once in one service or failure domain. */
    BLAST_RADIUS,
    /** More targets than allowed in an hour. */
    BLAST_RADIUS_HOUR,
    /** A target that is not proven down, when no other replica of its service is seen to serve. */
    LAST_REPLICA,
    /** Too few other replicas serve. */
    HEALTHY_FLOOR,
    /** Most targets are dark. */
    DARKNESS,
    /** Too many replicas of a large group are unhealthy. */
    STOP_LINE,
    /** An alert that is over, or of which nothing is known. */
    OVER,
    /** Data that is old, incomplete, or from a pipeline that is not well. */
    STALE,
    /** A target whose own probe says that it serves. */
    UNCONFIRMED,
    /** An alert from outside, where it is not allowed. */
    EXTERNAL,
    /** An alert that is too old, or has only just begun. */
    AGE,
    /** After the kill switch, later than 5 s. */
    FREEZE,
    /** Silenced, in maintenance, just deployed, outside the schedule. */
    NOT_NOW,
    /** Protected, in quarantine, only to be observed. */
    NOT_THIS,
    /** What a person has to allow, and did not. */
    APPROVAL,
    /** Too many restarts of one target, or too soon. */
    RESTARTS,
    /** Repairs that keep failing. */
    CIRCUIT,
    /** A step twice that hurts when it is repeated. */
    REPEATED,
    /** A repair that is called good without having been seen so. */
    UNVERIFIED,
    /** The decisions themselves break down. */
    CRASH
}
