package io.tocsin.console.heal;

import java.time.Instant;

/**
 * A repair that waits for a person.
 *
 * @param id of the question
 * @param incident that it is for
 * @param playbook its name
 * @param target what it would act on
 * @param plan what it would do, in words
 * @param askedAt when
 * @param expiresAt when nobody needs to answer any more
 */
public record Asked(
        String id, String incident, String playbook, String target, String plan, Instant askedAt, Instant expiresAt) {}
