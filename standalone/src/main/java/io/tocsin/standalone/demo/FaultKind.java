package io.tocsin.standalone.demo;

/** How a demo service can be broken. */
public enum FaultKind {
    /** The process is killed. */
    CRASH,
    /** The process is stopped by a signal: it holds its port and answers nothing. */
    HANG,
    /** Every answer takes 700 ms longer. */
    SLOW,
    /** Every answer is an error. */
    ERRORS,
    /** The heap grows until it is full. */
    LEAK
}
