/**
 * What self-healing must not forget, in PostgreSQL: incidents, ownership, repairs, verdicts, approvals, the audit, and
 * events on their way to Kafka. Touches no topic. Shell.
 */
@NullMarked
package io.tocsin.selfheal.store;

import org.jspecify.annotations.NullMarked;
