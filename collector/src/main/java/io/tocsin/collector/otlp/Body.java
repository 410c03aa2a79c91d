package io.tocsin.collector.otlp;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.tocsin.collector.answer.Refusal;
import io.tocsin.collector.decompress.Decompression;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;

/** The body of a request, decompressed. */
public final class Body {

    private static final byte[] NOTHING = new byte[0];

    private Body() {}

    /**
     * Undoes {@code Content-Encoding}.
     *
     * @param accepted the codings that are taken here
     * @param limit most bytes of the result
     * @throws Refusal UNSUPPORTED_ENCODING, TOO_LARGE, or MALFORMED when it is not what the header says
     */
    public static byte[] of(HttpRequest<byte[]> request, Set<Decompression> accepted, int limit) {
        String name = request.getHeaders().get(HttpHeaders.CONTENT_ENCODING, String.class, "identity");
        Decompression coding = Decompression.of(name)
                .filter(accepted::contains)
                .orElseThrow(() -> new Refusal(
                        Refusal.Reason.UNSUPPORTED_ENCODING,
                        "Content-Encoding must be one of "
                                + accepted.stream()
                                        .map(Decompression::coding)
                                        .sorted()
                                        .collect(Collectors.joining(", "))
                                + ", not \"" + name + "\""));
        try {
            return coding.undo(request.getBody().orElse(NOTHING), limit);
        } catch (Decompression.TooLargeException e) {
            throw new Refusal(Refusal.Reason.TOO_LARGE, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new Refusal(
                    Refusal.Reason.MALFORMED,
                    "the body is not " + coding.coding() + ", as Content-Encoding says: " + e.getMessage());
        }
    }
}
