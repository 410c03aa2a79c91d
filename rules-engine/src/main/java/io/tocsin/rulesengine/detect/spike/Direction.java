package io.tocsin.rulesengine.detect.spike;

/** Which way a value must leave what is expected. */
public enum Direction {
    UP,
    DOWN,
    BOTH
}
