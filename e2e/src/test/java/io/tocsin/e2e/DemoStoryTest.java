package io.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.standalone.demo.FaultKind;
import io.tocsin.standalone.demo.story.Story;
import org.junit.jupiter.api.Test;

/** The main job, end to end: {@code tocsin demo --once}. */
class DemoStoryTest {

    @Test
    void aCrashIsDetectedToldRepairedVerifiedAndToldToBeOver() throws Exception {
        Story.Outcome outcome = Story.run("ledger", FaultKind.CRASH, System.out);
        assertThat(outcome.complete()).as(outcome.summary()).isTrue();
    }
}
