package io.tocsin.gotemplate;

/** The kinds of Go's type system that template data can have. */
public enum Kind {
    INVALID,
    BOOL,
    INT,
    UINT,
    FLOAT,
    COMPLEX,
    STRING,
    SLICE,
    MAP,
    STRUCT,
    POINTER,
    FUNC,
    INTERFACE;

    boolean isInteger() {
        return this == INT || this == UINT;
    }

    /** Whether the untyped {@code nil} can stand for a value of this kind. */
    boolean canBeNil() {
        return switch (this) {
            case SLICE, MAP, POINTER, FUNC, INTERFACE, INVALID -> true;
            case BOOL, INT, UINT, FLOAT, COMPLEX, STRING, STRUCT -> false;
        };
    }
}
