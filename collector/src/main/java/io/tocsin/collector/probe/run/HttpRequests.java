package io.tocsin.collector.probe.run;

import io.tocsin.collector.config.Template;
import io.tocsin.collector.probe.HttpCall;
import io.tocsin.collector.probe.HttpCall.Credentials;
import io.tocsin.collector.probe.Secret;
import io.tocsin.collector.probe.Verdict.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/** Makes requests of what is configured, with the values of this run. */
final class HttpRequests {

    private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

    private HttpRequests() {}

    static Request of(HttpCall call, HttpUrl url, Map<String, String> variables) throws IOException {
        Request.Builder request = new Request.Builder().url(url).header("User-Agent", "Tocsin-Prober");
        for (Map.Entry<String, Secret> header : call.headers().entrySet()) {
            header(request, header.getKey(), new Template(read(header.getValue())).fill(variables));
        }
        switch (call.credentials()) {
            case Credentials.None _ -> {}
            case Credentials.Basic basic ->
                header(
                        request,
                        "Authorization",
                        okhttp3.Credentials.basic(basic.username(), read(basic.password()), StandardCharsets.UTF_8));
            case Credentials.Bearer bearer -> header(request, "Authorization", "Bearer " + read(bearer.token()));
        }
        return request.method(call.method(), body(call, variables)).build();
    }

    private static void header(Request.Builder request, String name, String value) throws IOException {
        try {
            request.header(name, value);
        } catch (IllegalArgumentException e) {
            // Its message may show the value.
            throw new Prober.Broken(Reason.PROTOCOL, "header " + name + " has characters that HTTP does not allow");
        }
    }

    private static @Nullable RequestBody body(HttpCall call, Map<String, String> variables) {
        if (call.body().isPresent()) {
            byte[] bytes = call.body().get().fill(variables).getBytes(StandardCharsets.UTF_8);
            return RequestBody.create(bytes, null);
        }
        return WITH_BODY.contains(call.method()) ? RequestBody.create(new byte[0], null) : null;
    }

    private static String read(Secret secret) throws IOException {
        return switch (secret) {
            case Secret.Value value -> value.value();
            case Secret.File file -> {
                try {
                    yield Files.readString(Path.of(file.path())).strip();
                } catch (IOException e) {
                    throw new Prober.Broken(Reason.NOT_PERMITTED, file.path() + " cannot be read");
                }
            }
        };
    }
}
