package io.tocsin.standalone.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The manifests and the compose file, as far as they can be checked without a cluster and an engine. */
class PackagingTest {

    private static final Path REPOSITORY = Path.of(System.getProperty("tocsin.repository"));
    private static final Path KUBERNETES = REPOSITORY.resolve("packaging/kubernetes");
    private static final Set<String> MODULES = Set.of("collector", "rules-engine", "notifier", "selfheal", "console");
    private static final Pattern VARIABLE = Pattern.compile("\\bTOCSIN_[A-Z_]+\\b");

    private final KubernetesSerialization serialization = new KubernetesSerialization();

    @Test
    void everyManifestOfTheBaseHasOnlyFieldsThatKubernetesKnows() throws IOException {
        List<HasMetadata> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(KUBERNETES.resolve("base"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".yaml") && !f.endsWith("kustomization.yaml"))
                    .sorted()
                    .toList()) {
                all.addAll(known(Files.readString(file), file.getFileName().toString()));
            }
        }
        System.out.println(all.size() + " manifests read with the model of the Kubernetes API");
        wellBehaved(all);
    }

    @Test
    void everyOverlayIsBuiltAndWellBehaved() throws Exception {
        boolean kustomize = status("kustomize", "version") == 0;
        if (!kustomize) {
            System.out.println("skipped: no kustomize on this machine");
        }
        assumeTrue(kustomize, "no kustomize on this machine");
        for (String overlay : List.of("dev", "test", "staging", "production")) {
            Process build = new ProcessBuilder(
                            "kustomize",
                            "build",
                            KUBERNETES.resolve("overlays").resolve(overlay).toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String text = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(build.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(build.exitValue()).as(overlay).isZero();
            List<HasMetadata> all = known(text, overlay);
            wellBehaved(all);
            System.out.println(overlay + ": " + all.size() + " manifests");
        }
    }

    @Test
    void everyVariableIsAKeyOfTheConfiguration() throws IOException {
        Set<String> known = Pattern.compile("(?m)^\\| `(tocsin[^`]+)`")
                .matcher(Files.readString(REPOSITORY.resolve("docs/configuration-reference.md")))
                .results()
                .map(found -> found.group(1).toUpperCase(java.util.Locale.ROOT).replaceAll("[.-]", "_"))
                .collect(Collectors.toCollection(TreeSet::new));
        // Those of Grafana and of the compose file itself, and what a sender of telemetry reads.
        known.addAll(Set.of(
                "TOCSIN_DASHBOARDS",
                "TOCSIN_QUERY_URL",
                "TOCSIN_ALERTMANAGER_URL",
                "TOCSIN_POSTGRES_ADDRESS",
                "TOCSIN_READER_PASSWORD"));
        Set<String> used = new TreeSet<>();
        List<Path> read = new ArrayList<>(
                List.of(REPOSITORY.resolve("compose.yaml"), REPOSITORY.resolve("packaging/Containerfile")));
        try (Stream<Path> files = Files.walk(KUBERNETES)) {
            files.filter(file -> file.toString().endsWith(".yaml")).forEach(read::add);
        }
        for (Path file : read) {
            VARIABLE.matcher(Files.readString(file)).results().forEach(found -> used.add(found.group()));
        }
        used.remove("TOCSIN_");
        assertThat(used).isNotEmpty().isSubsetOf(known);
    }

    @Test
    void theComposeFileRunsEveryModuleWithoutRightsAndWaitsForWhatIsThere() throws IOException {
        Object read = new Load(
                        LoadSettings.builder().setAllowDuplicateKeys(false).build())
                .loadFromString(merged(Files.readString(REPOSITORY.resolve("compose.yaml"))));
        Map<?, ?> services = (Map<?, ?>) ((Map<?, ?>) read).get("services");
        assertThat(services.keySet().stream().map(String::valueOf)).containsAll(MODULES);
        String text = Files.readString(REPOSITORY.resolve("compose.yaml"));
        for (String module : MODULES) {
            String service = text.substring(text.indexOf("\n  " + module + ":\n"));
            assertThat(service.lines().skip(1).limit(3)).as(module).anyMatch(line -> line.contains("<<: *module"));
            assertThat(service).contains("command: [module, " + module + ", --config, /config");
        }
        assertThat(text)
                .contains("read_only: true", "cap_drop: [ALL]", "no-new-privileges:true", "user: \"65532:65532\"");
        services.forEach((name, service) -> {
            Object waits = ((Map<?, ?>) service).get("depends_on");
            Stream<?> names = waits instanceof Map<?, ?> map
                    ? map.keySet().stream()
                    : waits instanceof List<?> list ? list.stream() : Stream.empty();
            assertThat(names.map(String::valueOf)).as(String.valueOf(name)).allMatch(services::containsKey);
        });
        Pattern.compile("(?m)- \\./([^:]+):")
                .matcher(text)
                .results()
                .forEach(mounted ->
                        assertThat(REPOSITORY.resolve(mounted.group(1))).exists());
    }

    /** The merge keys are YAML 1.1's, which the reader here does not know: for structure they may be left out. */
    private static String merged(String text) {
        return text.replaceAll("(?m)^ *<<: .*\\n", "");
    }

    private List<HasMetadata> known(String text, String place) {
        List<HasMetadata> all = new ArrayList<>();
        for (String document : text.split("(?m)^---$", -1)) {
            if (document.lines().allMatch(line -> line.isBlank() || line.startsWith("#"))) {
                continue;
            }
            Object read = serialization.unmarshal(new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)));
            if (read instanceof GenericKubernetesResource generic) {
                assertThat(generic.getApiVersion()).as(place).isEqualTo("keda.sh/v1alpha1");
            } else {
                // What the model does not know it keeps aside, and writes back: then nothing would be missing below.
                assertThat(unknown(read, read.getClass().getSimpleName()))
                        .as(place)
                        .isEmpty();
            }
            all.add((HasMetadata) read);
        }
        return all;
    }

    private List<String> unknown(Object value, String path) {
        List<String> found = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.forEach(item -> found.addAll(unknown(item, path + "[]")));
        } else if (value != null && value.getClass().getName().startsWith("io.fabric8.kubernetes.api.model")) {
            for (var method : value.getClass().getMethods()) {
                if (method.getParameterCount() == 0
                        && method.getName().startsWith("get")
                        && !method.getName().equals("getClass")) {
                    Object inner = invoke(value, method);
                    if (method.getName().equals("getAdditionalProperties") && inner instanceof Map<?, ?> extra) {
                        extra.keySet().forEach(key -> found.add(path + "." + key));
                    } else {
                        found.addAll(
                                unknown(inner, path + "." + method.getName().substring(3)));
                    }
                }
            }
        }
        return found;
    }

    private static Object invoke(Object value, java.lang.reflect.Method method) {
        try {
            Object got = method.invoke(value);
            return got == null ? "" : got;
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(method.toString(), e);
        }
    }

    private static void wellBehaved(List<HasMetadata> all) {
        Map<String, PodSpec> workloads = all.stream()
                .filter(one -> one instanceof Deployment || one instanceof StatefulSet)
                .collect(Collectors.toMap(
                        one -> one.getMetadata().getName(),
                        one -> one instanceof Deployment deployment
                                ? deployment.getSpec().getTemplate().getSpec()
                                : ((StatefulSet) one).getSpec().getTemplate().getSpec()));
        assertThat(workloads.keySet()).containsExactlyInAnyOrderElementsOf(MODULES);
        assertThat(all.stream()
                        .filter(PodDisruptionBudget.class::isInstance)
                        .map(budget -> budget.getMetadata().getName()))
                .containsExactlyInAnyOrderElementsOf(MODULES);
        workloads.forEach((name, pod) -> {
            assertThat(pod.getSecurityContext().getRunAsNonRoot()).as(name).isTrue();
            assertThat(pod.getSecurityContext().getSeccompProfile().getType())
                    .as(name)
                    .isEqualTo("RuntimeDefault");
            assertThat(pod.getTopologySpreadConstraints()).as(name).hasSize(2);
            Container container = pod.getContainers().getFirst();
            assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                    .as(name)
                    .isTrue();
            assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                    .as(name)
                    .isFalse();
            assertThat(container.getSecurityContext().getCapabilities().getDrop())
                    .as(name)
                    .containsExactly("ALL");
            assertThat(container.getStartupProbe().getHttpGet().getPath())
                    .as(name)
                    .isEqualTo("/health/liveness");
            assertThat(container.getLivenessProbe().getHttpGet().getPath())
                    .as(name)
                    .isEqualTo("/health/liveness");
            assertThat(container.getReadinessProbe().getHttpGet().getPath())
                    .as(name)
                    .isEqualTo("/health/readiness");
            assertThat(container.getArgs()).as(name).startsWith("module", name);
            assertThat(container.getResources().getRequests()).as(name).containsKeys("cpu", "memory");
        });
    }

    private static int status(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) ? process.exitValue() : -1;
        } catch (IOException e) {
            return -1;
        }
    }
}
