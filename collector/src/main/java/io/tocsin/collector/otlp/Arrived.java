package io.tocsin.collector.otlp;

import io.tocsin.collector.answer.Refusal;

/** A request that has arrived and that nobody has looked at yet: under overload it is refused as it is. */
public interface Arrived {

    /** Its size on the wire. */
    int bytes();

    /**
     * Its protobuf form.
     *
     * @throws Refusal when it is not what it says
     */
    byte[] open();

    /** One that is protobuf already. */
    static Arrived plain(byte[] request) {
        return new Arrived() {
            @Override
            public int bytes() {
                return request.length;
            }

            @Override
            public byte[] open() {
                return request;
            }
        };
    }
}
