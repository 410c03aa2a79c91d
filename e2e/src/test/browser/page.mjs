// Sends one span, one counter and one log record from a page with the stock SDK: OTLP in JSON to another origin.
import { SeverityNumber } from '@opentelemetry/api-logs';
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-http';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, WebTracerProvider } from '@opentelemetry/sdk-trace-web';

const query = new URLSearchParams(location.search);
const marker = query.get('marker');
const to = (signal) => ({ url: `${query.get('collector')}/v1/${signal}` });
const resource = resourceFromAttributes({ 'service.name': marker });

async function send() {
  const traces = new WebTracerProvider({
    resource,
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter(to('traces')))],
  });
  traces.getTracer('e2e').startSpan(`span ${marker}`, { attributes: { marker } }).end();

  const metrics = new MeterProvider({
    resource,
    readers: [new PeriodicExportingMetricReader({ exporter: new OTLPMetricExporter(to('metrics')) })],
  });
  metrics.getMeter('e2e').createCounter('e2e.calls', { unit: '{call}' }).add(3, { marker });

  const logs = new LoggerProvider({
    resource,
    processors: [new BatchLogRecordProcessor({ exporter: new OTLPLogExporter(to('logs')) })],
  });
  logs.getLogger('e2e').emit({ severityNumber: SeverityNumber.WARN, body: `log ${marker}`, attributes: { marker } });

  await Promise.all([traces.forceFlush(), metrics.forceFlush(), logs.forceFlush()]);
  return 'sent';
}

const said = await send().catch((problem) => `failed: ${problem}`);
await fetch('/said', { method: 'POST', body: said });
