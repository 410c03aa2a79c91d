// Sends one span, one counter and one log record with the stock SDK, set up by the standard environment variables alone.
import { metrics, trace } from '@opentelemetry/api';
import { logs, SeverityNumber } from '@opentelemetry/api-logs';
import { NodeSDK } from '@opentelemetry/sdk-node';

const marker = process.argv[2];
const sdk = new NodeSDK();
sdk.start();
trace.getTracer('e2e').startSpan(`span ${marker}`, { attributes: { marker } }).end();
metrics.getMeter('e2e').createCounter('e2e.calls', { unit: '{call}' }).add(3, { marker });
logs.getLogger('e2e').emit({ severityNumber: SeverityNumber.WARN, body: `log ${marker}`, attributes: { marker } });
// Flushes all three signals; a refused export is an error here.
await sdk.shutdown();
console.log('sent');
