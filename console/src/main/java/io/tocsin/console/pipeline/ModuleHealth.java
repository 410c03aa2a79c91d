package io.tocsin.console.pipeline;

/**
 * Whether a module says that it is ready.
 *
 * @param name of the module
 * @param problem why it is not; empty when it is
 */
public record ModuleHealth(String name, String problem) {}
