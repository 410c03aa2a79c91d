package io.tocsin.rulesengine.tick;

/**
 * A tick that fires.
 *
 * @param atMs its logical time, Unix milliseconds, a multiple of the base tick
 * @param doors what the doors prove about the time before it
 * @param gap the newest gap before it
 */
public record Tick(long atMs, DoorEvidence doors, Gap gap) {}
