package io.tocsin.gotemplate;

/** What a field of a map yields when the map has no such key (Go's option {@code missingkey}). */
public enum MissingKey {
    /** No value, printed as {@code <no value>}. */
    INVALID,
    /** The zero value of the map's elements. */
    ZERO,
    /** The execution fails. */
    ERROR
}
