package io.tocsin.promql.engine;

import io.tocsin.promql.model.Labels;

/** What an aggregation knows of one group so far, at all steps. */
abstract class GroupState {

    /** With delayed name removal: whether a member's name has to go. */
    boolean dropName;

    abstract void add(Column column);

    abstract Column result(Labels labels);
}
