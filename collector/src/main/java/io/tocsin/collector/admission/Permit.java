package io.tocsin.collector.admission;

/** Room for one request, given back when it is settled; giving it back twice counts once. */
public interface Permit extends AutoCloseable {
    @Override
    void close();
}
