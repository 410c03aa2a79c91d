package io.tocsin.standalone.up;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.contracts.Topic;
import io.tocsin.contracts.TopicCreation;
import io.tocsin.contracts.Topics;
import io.tocsin.embedded.EmbeddedKafka;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicCreationTest {

    @Test
    void aBrokerHasTheContractsTopicsAfterStartAndASecondStartChangesNothing(@TempDir Path data) throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(data, 0);
                Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            TopicCreation.STANDALONE.ensure(admin);
            TopicCreation.STANDALONE.ensure(admin);
            var names = Topics.ALL.stream().map(Topic::name).collect(Collectors.toSet());
            assertThat(admin.listTopics().names().get()).isEqualTo(names);
            for (Topic topic : Topics.ALL) {
                var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
                var config = admin.describeConfigs(java.util.List.of(resource))
                        .all()
                        .get()
                        .get(resource);
                topic.settings()
                        .forEach((key, value) -> assertThat(config.get(key).value())
                                .as("%s of %s", key, topic.name())
                                .isEqualTo(value));
            }
        }
    }
}
