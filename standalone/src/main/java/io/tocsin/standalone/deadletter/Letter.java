package io.tocsin.standalone.deadletter;

import io.tocsin.contracts.v1.DeadLetter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One dead letter.
 *
 * @param number its offset in the topic, by which it is named
 * @param written when it was written
 */
record Letter(long number, Instant written, DeadLetter content) {

    /** Where its record stood, as topic/partition@offset. */
    String origin() {
        return content.getTopic() + "/" + content.getPartition() + "@" + content.getOffset();
    }

    /** What is told of it, without its record. */
    Map<String, Object> summary() {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("number", number);
        summary.put("written", written.toString());
        summary.put("module", content.getModule());
        summary.put("reason", content.getReason());
        summary.put("detail", content.getDetail());
        summary.put("origin", origin());
        summary.put("bytes", content.getValue().size());
        return summary;
    }
}
