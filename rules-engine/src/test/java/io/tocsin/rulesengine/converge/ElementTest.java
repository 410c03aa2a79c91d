package io.tocsin.rulesengine.converge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElementTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "service_name=shop job=x/y instance=i | shop",
                "k8s_node_name=node-7 job=node instance=i | node-7",
                "job=prod/shop instance=10.0.0.1:80 | shop",
                "job=shop node=elsewhere | shop",
                // The job of what only looks at others says nothing of what fails.
                "job=node-exporter instance=10.0.0.1:9100 | 10.0.0.1:9100",
                "job=monitoring/node-exporter instance=a:9100 node=n1 | n1",
                "job=kube-state-metrics namespace=prod deployment=shop instance=ksm:8080 | shop",
                "job=kube-state-metrics namespace=prod pod=shop-0 container=c instance=ksm:8080 | shop-0",
                "job=kubelet node=n2 instance=n2:10250 | n2",
                "job=blackbox instance=https://shop.example | https://shop.example",
                "job=node-exporter | node-exporter",
                "instance=a:1 | a:1",
                "shard=metrics/0 alertname=X | metrics/0",
                "alertname=X | X",
                "severity=page | unknown",
            })
    void speaksOfWhatFailsNotOfWhoSaysSo(String labels, String element) {
        Map<String, String> all = Arrays.stream(labels.split(" "))
                .map(label -> label.split("=", 2))
                .collect(Collectors.toMap(label -> label[0], label -> label[1]));
        assertThat(Element.of(all, "node-7"::equals)).isEqualTo(element);
    }
}
