package io.tocsin.collector.remotewrite;

import io.micronaut.http.MediaType;
import io.tocsin.collector.answer.Refusal;
import java.util.Optional;

/** The protobuf message of a request, as {@code Content-Type} names it. */
enum Version {
    V1("prometheus.WriteRequest"),
    V2("io.prometheus.write.v2.Request");

    private static final String PROTOBUF = "application/x-protobuf";

    private final String message;

    Version(String message) {
        this.message = message;
    }

    /**
     * What a content type asks for; 1.0 where it names no message.
     *
     * @throws Refusal UNSUPPORTED_MEDIA_TYPE
     */
    static Version of(Optional<MediaType> type) {
        String name = type.map(MediaType::getName).orElse("");
        String proto = type.flatMap(known -> known.getParameters().get("proto")).orElse(V1.message);
        for (Version version : values()) {
            if (name.equals(PROTOBUF) && version.message.equals(proto)) {
                return version;
            }
        }
        throw new Refusal(
                Refusal.Reason.UNSUPPORTED_MEDIA_TYPE,
                "Content-Type must be " + PROTOBUF + ", alone or with proto=" + V1.message + " or proto=" + V2.message
                        + ", not \"" + type.map(MediaType::toString).orElse("") + "\"");
    }
}
