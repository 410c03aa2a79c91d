package io.tocsin.notifier.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.notifier.route.Routing;
import io.tocsin.notifier.route.file.AlertmanagerFile;
import io.tocsin.notifier.route.receiver.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class UndeliveredTest {

    @Test
    void namesEachKindThatNothingDeliversOncePerReceiver() {
        Routing routing = AlertmanagerFile.read(Path.of("alertmanager.yml"), """
                route: {receiver: a}
                receivers:
                  - name: a
                    webhook_configs: [{url: 'http://a'}]
                    sns_configs: [{topic_arn: x}, {topic_arn: y}]
                """)
                .routing()
                .orElseThrow();
        List<String> expected = new ArrayList<>();
        if (!Undelivered.DELIVERED.contains(Kind.SNS)) {
            expected.add("receiver \"a\": sns_configs are not delivered by this version; their notices become dead");
        }

        assertThat(Undelivered.of(routing)).isEqualTo(expected);
        assertThat(EnumSet.copyOf(Undelivered.DELIVERED)).contains(Kind.WEBHOOK);
    }
}
