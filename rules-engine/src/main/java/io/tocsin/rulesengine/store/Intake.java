package io.tocsin.rulesengine.store;

import io.tocsin.promql.model.Labels;
import java.util.SortedMap;

/**
 * What the store made of one record's samples. Both parts must be written to the log: after a restart they are all that
 * the store is rebuilt from.
 *
 * @param accepted the samples that are now in the store
 * @param begun the series that began with them, by id
 * @param fates what became of each sample
 */
public record Intake(SampleBlock accepted, SortedMap<Integer, Labels> begun, Fates fates) {}
