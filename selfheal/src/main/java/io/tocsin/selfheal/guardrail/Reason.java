package io.tocsin.selfheal.guardrail;

/** Why a repair may not run. Names are shown to people and kept in the audit; they do not change. */
public enum Reason {
    /** A person pulled the kill switch. */
    FROZEN,
    /** What happened before now is still being read: it is history, not a call to act. */
    REPLAY,
    /** The incident or its alert is over. */
    RECOVERED,
    /** The incident became part of another one, which is decided on its own. */
    MERGED,
    /** The alert's state is not known. */
    NO_EVIDENCE,
    /** An alert from outside, and the playbook does not allow those. */
    EXTERNAL_ALERT,
    /** A silence covers the alert. */
    SILENCED,
    /** Whether a silence covers the alert cannot be told. */
    SILENCES_UNKNOWN,
    /** People are at work on the service. */
    MAINTENANCE,
    /** The inventory has no such target. */
    NOT_IN_INVENTORY,
    /** The target is never repaired automatically. */
    PROTECTED_TARGET,
    /** Tocsin's own pipeline is not well, so what it reports is doubtful. */
    PIPELINE_UNHEALTHY,
    /** The alert rests on incomplete data. */
    INCOMPLETE_DATA,
    /** The alert rests on old samples. */
    STALE_DATA,
    /** The alert is too old to begin repairing without people. */
    ALERT_TOO_OLD,
    /** The alert began just now: it may pass, and people are told first. */
    TOO_SOON,
    /** A repair of this target is under way. */
    ALREADY_RUNNING,
    /** The service was deployed just now. */
    DEPLOY_GRACE,
    /** Most targets cannot be seen: the fault is more likely in between. */
    FLEET_DARK,
    /** Too many replicas of a large group are unhealthy for a repair one by one. */
    STOP_LINE,
    /** Another repair is under way in this service or failure domain. */
    BLAST_RADIUS,
    /** Enough targets were acted on in the last hour. */
    BLAST_RADIUS_HOUR,
    /** The target is the last replica that serves. */
    LAST_SERVING_REPLICA,
    /** Too few other replicas serve. */
    HEALTHY_FLOOR,
    /** The target is out of repair until a person releases it. */
    QUARANTINED,
    /** The target was restarted often enough: it goes to quarantine. */
    RESTART_LIMIT,
    /** The last restart was just now. */
    BACKOFF,
    /** Repairs of this cause in this service keep failing. */
    CIRCUIT_OPEN,
    /** Outside the playbook's schedule. */
    OUTSIDE_SCHEDULE,
    /** No independent check confirms the alert. */
    UNCONFIRMED,
    /** The playbook only observes. */
    OBSERVE_ONLY,
    /** A person is asked. */
    APPROVAL_NEEDED,
    /** A person said no. */
    APPROVAL_REJECTED,
    /** Nobody answered in time, or what a person allowed then is too long ago. */
    APPROVAL_EXPIRED
}
