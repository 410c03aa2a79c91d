package io.tocsin.standalone.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.rulesengine.rules.unittest.UnitTests;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What {@code tocsin init} writes finds a target that never reported. */
class StarterRulesTest {

    @Test
    void aTargetThatIsExpectedAndSilentIsTold() throws IOException {
        Path tests = Path.of(
                System.getProperty("tocsin.repository"), "standalone/src/test/resources/starter/expected_test.yaml");
        assertThat(new UnitTests(null, false).run(tests))
                .hasSize(3)
                .allSatisfy(result -> assertThat(result.failures()).isEmpty());
    }
}
