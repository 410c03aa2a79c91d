package io.tocsin.rulesengine.evaluate;

/** Where every change of memory is written, so that a restart finds it. */
public interface Ledger {

    void put(String key, byte[] value);

    void delete(String key);
}
