package io.tocsin.notifier.deliver.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.notifier.deliver.contract.StrictService.Answer;
import io.tocsin.notifier.deliver.contract.StrictService.Demands;
import io.tocsin.notifier.route.receiver.ReceiverOptions;

class SnsTest extends HttpContract {

    @Override
    String contentType() {
        return "application/x-www-form-urlencoded";
    }

    @Override
    ReceiverOptions options() {
        return Configured.way("""
                sns_configs:
                - api_url: %s
                  topic_arn: arn:aws:sns:eu-west-1:123456789012:alerts.fifo
                  sigv4: {region: eu-west-1, access_key: AKIDEXAMPLE, secret_key: %s}
                  attributes: {severity: '{{ .CommonLabels.severity }}'}
                """.formatted(service.base(), SECRET));
    }

    @Override
    Answer answer(Request request, Demands demands) {
        demands.that(
                request.headers()
                        .getOrDefault("authorization", "")
                        .matches("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261124/eu-west-1/sns/aws4_request, ?"
                                + "SignedHeaders=[a-z0-9;-]*host[a-z0-9;-]*, ?Signature=[0-9a-f]{64}"),
                "authorization " + request.headers().get("authorization"));
        demands.equal(request.headers().get("x-amz-date"), "20261124T100000Z", "x-amz-date");
        demands.equal(request.form().get("Action"), "Publish", "Action");
        demands.equal(request.form().get("Version"), "2010-03-31", "Version");
        demands.that(!request.form().getOrDefault("Message", "").isEmpty(), "no message");
        demands.bytesAtMost(request.form().getOrDefault("Message", ""), 256 * 1024, "message");
        demands.atMost(request.form().getOrDefault("Subject", ""), 100, "subject");
        demands.that(request.form().getOrDefault("Subject", "").matches("[\\x20-\\x7e]*"), "subject is not ASCII");
        demands.that(request.form().containsKey("MessageDeduplicationId"), "no deduplication id");
        return new Answer(200, java.util.Map.of(), "<PublishResponse><MessageId>1</MessageId></PublishResponse>");
    }

    @Override
    Answer refusal() {
        return new Answer(403, java.util.Map.of(), "<Error><Code>InvalidClientTokenId</Code>" + SECRET + "</Error>");
    }

    @Override
    void toldOfTheAlarm() {
        assertThat(taken().getFirst().form())
                .containsEntry("MessageAttributes.entry.1.Value.StringValue", "critical")
                .containsEntry("MessageDeduplicationId", "msg_1");
    }

    @Override
    void toldOfTheUpdate() {
        assertThat(taken().getLast().form()).containsEntry("MessageDeduplicationId", "msg_2");
    }

    @Override
    void toldOfTheRecovery() {
        assertThat(taken().getLast().form().get("Subject")).startsWith("[RESOLVED]");
    }
}
