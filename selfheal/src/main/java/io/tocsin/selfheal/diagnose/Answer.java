package io.tocsin.selfheal.diagnose;

/**
 * What a check found.
 *
 * @param yes whether it holds; a check that could not be made does not
 * @param found what was seen, in words
 */
public record Answer(boolean yes, String found) {}
