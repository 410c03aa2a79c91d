package io.tocsin.collector.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import io.tocsin.collector.Telemetry;
import io.tocsin.collector.answer.Refusal;
import io.tocsin.collector.limits.Limits;
import io.tocsin.contracts.TargetIdentity;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class SplitTest {

    private static final Split SPLIT = new Split(new Limits(16 << 20, 128, 65_536));

    @Property(tries = 300)
    void splittingBytesEqualsDecodingAndEncodingEachResource(
            @ForAll Signal signal, @ForAll @Size(max = 6) List<@AlphaChars @StringLength(max = 8) String> services)
            throws Exception {
        Message request = Telemetry.request(signal, services.toArray(String[]::new));
        assertThat(decoded(signal, split(signal, request.toByteArray()))).isEqualTo(oneByOne(request));
    }

    @Property(tries = 1_000)
    void anyBytesAreSplitAsTheFullDecoderSeesThemOrRefused(@ForAll Signal signal, @ForAll @Size(max = 40) byte[] bytes)
            throws Exception {
        Message request;
        try {
            request = Telemetry.request(signal).getParserForType().parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            if (!Sieve.isText(e)) {
                assertThatThrownBy(() -> split(signal, bytes)).isInstanceOf(Refusal.class);
            }
            return;
        }
        Split.Result result = SPLIT.split(signal, bytes);
        if (result.rejections().total() == 0) {
            assertThat(decoded(signal, result.records())).isEqualTo(oneByOne(request));
        }
    }

    @Test
    void theKeyIsTheTargetsIdentity() {
        byte[] request = Telemetry.request(Signal.METRICS, "shop").toByteArray();
        assertThat(split(Signal.METRICS, request).getFirst().key())
                .isEqualTo(TargetIdentity.of(Telemetry.resource("shop")).key());
    }

    @Test
    void unknownFieldsOfTheResourceSurviveAndThoseOfTheRequestAreSkipped() throws Exception {
        UnknownFieldSet unknown = UnknownFieldSet.newBuilder()
                .addField(
                        900,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(ByteString.copyFromUtf8("future"))
                                .build())
                .build();
        Message plain = Telemetry.request(Signal.LOGS, "shop");
        FieldDescriptor field = plain.getDescriptorForType().findFieldByNumber(1);
        Message resource = ((Message) plain.getRepeatedField(field, 0))
                .toBuilder().setUnknownFields(unknown).build();
        Message kept = plain.toBuilder().setRepeatedField(field, 0, resource).build();
        Message sent = kept.toBuilder().setUnknownFields(unknown).build();
        assertThat(decoded(Signal.LOGS, split(Signal.LOGS, sent.toByteArray()))).containsExactly(kept);
    }

    private static List<TargetRecord> split(Signal signal, byte[] request) {
        return SPLIT.split(signal, request).records();
    }

    private static List<Message> decoded(Signal signal, List<TargetRecord> records)
            throws InvalidProtocolBufferException {
        List<Message> messages = new ArrayList<>();
        for (TargetRecord record : records) {
            messages.add(Telemetry.request(signal).getParserForType().parseFrom(record.value()));
        }
        return messages;
    }

    private static List<Message> oneByOne(Message request) {
        FieldDescriptor field = request.getDescriptorForType().findFieldByNumber(1);
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < request.getRepeatedFieldCount(field); i++) {
            messages.add(request.newBuilderForType()
                    .addRepeatedField(field, request.getRepeatedField(field, i))
                    .build());
        }
        return messages;
    }
}
