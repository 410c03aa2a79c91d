package io.tocsin.runtime.health;

import java.util.Optional;

/** One thing that must be right before a module can do its work. */
public interface ReadinessCheck {

    /** Its name, as shown by {@code /health/readiness}. */
    String name();

    /** What is wrong, in words; empty when nothing is. */
    Optional<String> problem();
}
