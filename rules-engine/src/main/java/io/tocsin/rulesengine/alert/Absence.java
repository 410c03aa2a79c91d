package io.tocsin.rulesengine.alert;

/** What is known of the target of a series that an evaluation did not return. */
public enum Absence {
    /** Its target goes on reporting. */
    TARGET_REPORTS,
    TARGET_SILENT,
    /** The detector that expected the series stopped expecting it. */
    FORGOTTEN,
    UNKNOWN
}
