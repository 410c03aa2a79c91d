package io.tocsin.collector.access;

/**
 * Who sent a request.
 *
 * @param client who is charged for it: the name of its token, or its address
 * @param address its address
 */
public record Sender(String client, String address) {}
