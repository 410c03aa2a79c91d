package io.tocsin.rulesengine.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FingerprintTest {

    @Test
    void isFnv1aOverNamesAndValuesWithSeparators() {
        // The offset basis alone, as Prometheus' emptyLabelSignature has it.
        assertThat(Fingerprint.of(new TreeMap<>())).isEqualTo("cbf29ce484222325");
        long hash = 0xcbf29ce484222325L;
        for (int part : new int[] {'a', 0xff, 0xc3, 0xa9, 0xff}) {
            hash = (hash ^ part) * 0x100000001b3L;
        }
        assertThat(Fingerprint.of(new TreeMap<>(Map.of("a", "é")))).isEqualTo(String.format("%016x", hash));
    }

    @Test
    void whatBelongsToANameAndWhatToAValueCounts() {
        assertThat(Fingerprint.of(new TreeMap<>(Map.of("ab", "c"))))
                .isNotEqualTo(Fingerprint.of(new TreeMap<>(Map.of("a", "bc"))));
    }

    @Test
    void transitionsDifferByEachPart() {
        String id = Fingerprint.transition("r", "f", 1, AlertState.FIRING);
        assertThat(id).isEqualTo(Fingerprint.transition("r", "f", 1, AlertState.FIRING));
        assertThat(id)
                .isNotEqualTo(Fingerprint.transition("q", "f", 1, AlertState.FIRING))
                .isNotEqualTo(Fingerprint.transition("r", "g", 1, AlertState.FIRING))
                .isNotEqualTo(Fingerprint.transition("r", "f", 2, AlertState.FIRING))
                .isNotEqualTo(Fingerprint.transition("r", "f", 1, AlertState.NO_DATA));
    }
}
