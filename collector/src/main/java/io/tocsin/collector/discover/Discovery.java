package io.tocsin.collector.discover;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A source of targets, and how often it is asked. A closed family on one page. */
public sealed interface Discovery {

    Duration refresh();

    /** What it is, as a label's value. */
    default String kind() {
        return switch (this) {
            case Files _ -> "files";
            case DnsSrv _ -> "dns_srv";
            case HttpSd _ -> "http_sd";
            case Kubernetes _ -> "kubernetes";
            case Docker _ -> "docker";
        };
    }

    /**
     * Files in Prometheus' file_sd format, JSON or YAML.
     *
     * @param paths relative to the configuration; the last part may have {@code *}
     */
    record Files(List<String> paths, Duration refresh) implements Discovery {
        public Files {
            paths = List.copyOf(paths);
        }
    }

    /**
     * SRV records (RFC 2782).
     *
     * @param name for example {@code _http._tcp.shop.example}
     * @param server to ask, with port; the system's when it is not given
     */
    record DnsSrv(String name, Optional<String> server, Duration refresh) implements Discovery {}

    /**
     * A URL that answers in Prometheus' http_sd format.
     *
     * @param tokenFile holds a bearer token
     */
    record HttpSd(URI url, Optional<String> tokenFile, Duration refresh) implements Discovery {}

    /**
     * Services or pods of the cluster that this runs in, or of the current context.
     *
     * @param namespaces all when empty
     * @param selector of labels, empty for all
     */
    record Kubernetes(Role role, List<String> namespaces, Map<String, String> selector, Duration refresh)
            implements Discovery {
        /** What is listed. */
        public enum Role {
            SERVICE,
            POD
        }

        public Kubernetes {
            namespaces = List.copyOf(namespaces);
            selector = Map.copyOf(selector);
        }
    }

    /**
     * Running containers of Docker or Podman, by their API.
     *
     * @param socket path of the API's socket
     * @param labels that a container must have, as {@code name} or {@code name=value}
     */
    record Docker(String socket, List<String> labels, Duration refresh) implements Discovery {
        public Docker {
            labels = List.copyOf(labels);
        }
    }
}
