/**
 * Grafana's provisioning: data sources and dashboards, as resources, with the queries of every panel for tests.
 * Decides nothing and touches no topic. Pure.
 */
@NullMarked
package io.tocsin.dashboards;

import org.jspecify.annotations.NullMarked;
