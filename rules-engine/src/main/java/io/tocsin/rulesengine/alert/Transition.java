package io.tocsin.rulesengine.alert;

/**
 * One change of state of one alert instance.
 *
 * @param id the same however often this transition is produced
 * @param after the instance as it is afterwards
 */
public record Transition(String id, AlertState from, AlertState to, Reason reason, long atMs, AlertInstance after) {}
