package io.tocsin.gotemplate;

/** How what actions yield is made safe for where it is written. One object serves one execution. */
interface Escaping {

    /** No escaping. */
    Escaping NONE = new Escaping() {
        @Override
        public String escape(GoValue value, String bytes) {
            return bytes;
        }

        @Override
        public void written(String bytes) {
            // Plain text has no places that differ.
        }
    };

    /** The bytes of a value for the place that the output has come to. */
    String escape(GoValue value, String bytes) throws FunctionException;

    /** Learns what was written. */
    void written(String bytes);
}
