package io.tocsin.promql.ast;

/** What an expression evaluates to. */
public enum ValueType {
    SCALAR("scalar", "scalar"),
    VECTOR("vector", "instant vector"),
    MATRIX("matrix", "range vector"),
    STRING("string", "string");

    private final String wireName;
    private final String documented;

    ValueType(String wireName, String documented) {
        this.wireName = wireName;
        this.documented = documented;
    }

    /** The name in the HTTP API's {@code resultType}. */
    public String wireName() {
        return wireName;
    }

    /** The name that people know from the documentation. */
    public String documented() {
        return documented;
    }
}
