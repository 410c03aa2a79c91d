package io.tocsin.standalone.host;

import static io.opentelemetry.api.common.AttributeKey.stringKey;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import java.net.URI;
import java.time.Duration;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.CentralProcessor.TickType;
import oshi.hardware.GlobalMemory;
import oshi.hardware.HWDiskStore;
import oshi.hardware.HardwareAbstractionLayer;
import oshi.hardware.NetworkIF;
import oshi.software.os.OSFileStore;

/**
 * Processors, memory, disks, file systems and network of this machine, named as the OpenTelemetry Collector's hostmetrics
 * receiver names them, so that the shipped rules and the dashboard of nodes read both.
 */
public final class HostMetrics implements AutoCloseable {

    private static final double MILLIS = 1e3;
    private static final AttributeKey<String> STATE = stringKey("state");
    private static final AttributeKey<String> DEVICE = stringKey("device");
    private static final AttributeKey<String> DIRECTION = stringKey("direction");

    private final SdkMeterProvider meters;

    private HostMetrics(SdkMeterProvider meters) {
        this.meters = meters;
    }

    /** Begins to send to {@code otlp}, OTLP over HTTP. */
    public static HostMetrics start(URI otlp, Duration interval) {
        SystemInfo system = new SystemInfo();
        String host = system.getOperatingSystem().getNetworkParams().getHostName();
        SdkMeterProvider meters = SdkMeterProvider.builder()
                .setResource(
                        Resource.create(Attributes.of(stringKey("host.name"), host, stringKey("os.type"), "linux")))
                .registerMetricReader(PeriodicMetricReader.builder(OtlpHttpMetricExporter.builder()
                                .setEndpoint(otlp + "/v1/metrics")
                                .setCompression("gzip")
                                .build())
                        .setInterval(interval)
                        .build())
                .build();
        Meter meter = meters.get("io.tocsin.host");
        HardwareAbstractionLayer hardware = system.getHardware();
        processors(meter, hardware.getProcessor());
        memory(meter, hardware.getMemory());
        disks(meter, hardware);
        fileSystems(meter, system);
        network(meter, hardware);
        return new HostMetrics(meters);
    }

    private static void processors(Meter meter, CentralProcessor processor) {
        meter.counterBuilder("system.cpu.time").ofDoubles().setUnit("s").buildWithCallback(measured -> {
            long[][] ticks = processor.getProcessorCpuLoadTicks();
            for (int cpu = 0; cpu < ticks.length; cpu++) {
                for (TickType type : TickType.values()) {
                    measured.record(
                            ticks[cpu][type.getIndex()] / MILLIS,
                            Attributes.of(stringKey("cpu"), "cpu" + cpu, STATE, state(type)));
                }
            }
        });
        meter.gaugeBuilder("system.cpu.load_average.1m")
                .buildWithCallback(measured -> measured.record(processor.getSystemLoadAverage(1)[0]));
    }

    private static String state(TickType type) {
        return switch (type) {
            case USER -> "user";
            case NICE -> "nice";
            case SYSTEM -> "system";
            case IDLE -> "idle";
            case IOWAIT -> "wait";
            case IRQ -> "interrupt";
            case SOFTIRQ -> "softirq";
            case STEAL -> "steal";
        };
    }

    private static void memory(Meter meter, GlobalMemory memory) {
        meter.upDownCounterBuilder("system.memory.usage").setUnit("By").buildWithCallback(measured -> {
            long free = memory.getAvailable();
            measured.record(memory.getTotal() - free, Attributes.of(STATE, "used"));
            measured.record(free, Attributes.of(STATE, "free"));
        });
    }

    private static void disks(Meter meter, HardwareAbstractionLayer hardware) {
        meter.counterBuilder("system.disk.io").setUnit("By").buildWithCallback(measured -> {
            for (HWDiskStore disk : hardware.getDiskStores()) {
                measured.record(disk.getReadBytes(), Attributes.of(DEVICE, disk.getName(), DIRECTION, "read"));
                measured.record(disk.getWriteBytes(), Attributes.of(DEVICE, disk.getName(), DIRECTION, "write"));
            }
        });
        meter.counterBuilder("system.disk.io_time").ofDoubles().setUnit("s").buildWithCallback(measured -> {
            for (HWDiskStore disk : hardware.getDiskStores()) {
                measured.record(disk.getTransferTime() / MILLIS, Attributes.of(DEVICE, disk.getName()));
            }
        });
    }

    private static void fileSystems(Meter meter, SystemInfo system) {
        meter.upDownCounterBuilder("system.filesystem.usage").setUnit("By").buildWithCallback(measured -> {
            for (OSFileStore store : system.getOperatingSystem().getFileSystem().getFileStores(true)) {
                Attributes place = Attributes.of(
                        DEVICE,
                        store.getVolume(),
                        stringKey("mountpoint"),
                        store.getMount(),
                        stringKey("type"),
                        store.getType());
                long free = store.getFreeSpace();
                measured.record(
                        store.getTotalSpace() - free,
                        place.toBuilder().put(STATE, "used").build());
                measured.record(free, place.toBuilder().put(STATE, "free").build());
            }
        });
    }

    private static void network(Meter meter, HardwareAbstractionLayer hardware) {
        meter.counterBuilder("system.network.io").setUnit("By").buildWithCallback(measured -> {
            for (NetworkIF device : hardware.getNetworkIFs(true)) {
                measured.record(device.getBytesRecv(), Attributes.of(DEVICE, device.getName(), DIRECTION, "receive"));
                measured.record(device.getBytesSent(), Attributes.of(DEVICE, device.getName(), DIRECTION, "transmit"));
            }
        });
        meter.counterBuilder("system.network.errors").setUnit("{error}").buildWithCallback(measured -> {
            for (NetworkIF device : hardware.getNetworkIFs(true)) {
                measured.record(device.getInErrors(), Attributes.of(DEVICE, device.getName(), DIRECTION, "receive"));
                measured.record(device.getOutErrors(), Attributes.of(DEVICE, device.getName(), DIRECTION, "transmit"));
            }
        });
    }

    @Override
    public void close() {
        meters.close();
    }
}
