package io.tocsin.notifier.route.file;

import java.util.List;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads what says nothing of notices: {@code tracing} and {@code event_recorder}. It must be right, and has no effect:
 * decisions are kept in the database, and traces are set up elsewhere.
 */
final class SideReader {

    private static final Set<String> TRACING =
            Keys.words("client_type endpoint sampling_fraction insecure tls_config headers compression timeout");
    private static final Set<String> RECORDER = Keys.words("file_outputs webhook_outputs kafka_outputs stdout_outputs");
    private static final Set<String> WEBHOOK = Keys.words("""
            url http_config timeout workers max_retries retry_backoff batch batch_max_events batch_max_bytes
            batch_flush_interval""");
    private static final Set<String> KAFKA =
            Keys.words("brokers topic client_id format acks compression buffer_size tls_config");

    private final Reading reading;
    private final Sources sources;

    SideReader(Sources sources) {
        this.reading = sources.reading();
        this.sources = sources;
    }

    void read(YamlObject file) {
        file.value("tracing").ifPresent(node -> {
            tracing(node);
            reading.notSupported(file.at("tracing"), "tracing has no effect here");
        });
        file.value("event_recorder").ifPresent(node -> {
            recorder(node);
            reading.notSupported(file.at("event_recorder"), "event_recorder has no effect: decisions are always kept");
        });
    }

    private void tracing(Node node) {
        YamlObject tracing = YamlObject.of(reading, node, "tracing", TRACING);
        required(tracing, "endpoint", "tracing");
        oneOf(tracing, "client_type", List.of("http", "grpc"));
        oneOf(tracing, "compression", List.of("gzip"));
        tracing.flag("insecure");
        tracing.duration("timeout");
        tracing.value("tls_config").ifPresent(new TlsReader(sources)::read);
    }

    private void recorder(Node node) {
        YamlObject recorder = YamlObject.of(reading, node, "event_recorder", RECORDER);
        recorder.list("file_outputs")
                .forEach(output -> required(
                        YamlObject.of(reading, output, "file_outputs", Set.of("path")), "path", "file_outputs"));
        recorder.list("webhook_outputs").forEach(this::webhook);
        recorder.list("kafka_outputs").forEach(this::kafka);
        recorder.list("stdout_outputs").forEach(output -> YamlObject.of(reading, output, "stdout_outputs", Set.of()));
    }

    private void webhook(Node node) {
        YamlObject output = YamlObject.of(reading, node, "webhook_outputs", WEBHOOK);
        required(output, "url", "webhook_outputs");
        sources.address(output, "url");
        output.value("http_config").ifPresent(new HttpReader(sources)::read);
        List.of("timeout", "retry_backoff", "batch_flush_interval").forEach(output::duration);
        List.of("workers", "max_retries", "batch_max_events", "batch_max_bytes").forEach(output::count);
        output.flag("batch");
    }

    private void kafka(Node node) {
        YamlObject output = YamlObject.of(reading, node, "kafka_outputs", KAFKA);
        required(output, "topic", "kafka_outputs");
        if (output.strings("brokers").isEmpty()) {
            reading.invalid(node, "brokers are missing in kafka_outputs");
        }
        oneOf(output, "format", List.of("json", "protobuf"));
        oneOf(output, "acks", List.of("none", "leader", "all"));
        oneOf(output, "compression", List.of("none", "gzip", "snappy", "lz4", "zstd"));
        output.count("buffer_size");
        output.value("tls_config").ifPresent(new TlsReader(sources)::read);
    }

    private void required(YamlObject object, String key, String what) {
        if (object.filled(key).isEmpty()) {
            reading.invalid(object.node(), key + " is missing in " + what);
        }
    }

    private void oneOf(YamlObject object, String key, List<String> words) {
        object.filled(key)
                .filter(word -> !words.contains(word))
                .ifPresent(word -> reading.invalid(
                        object.valueAt(key),
                        "\"" + word + "\" is not a value of " + key + ", which is one of " + String.join(", ", words)
                                + NearestName.hint(word, words)));
    }
}
