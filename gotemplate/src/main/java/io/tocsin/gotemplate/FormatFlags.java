package io.tocsin.gotemplate;

/** Flags, width and precision of one verb of a format. */
final class FormatFlags {
    boolean plus;
    boolean minus;
    boolean sharp;
    boolean space;
    boolean zero;
    boolean plusV;
    boolean sharpV;
    boolean hasWidth;
    boolean hasPrecision;
    int width;
    int precision;
}
