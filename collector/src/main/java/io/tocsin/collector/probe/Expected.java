package io.tocsin.collector.probe;

import io.tocsin.collector.discover.TargetSource;

/** Targets that should report by themselves; each is told by a label that its own telemetry carries. */
public record Expected(String name, TargetSource targets) {}
