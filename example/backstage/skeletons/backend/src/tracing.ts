/**
 * Traces, by OpenTelemetry and its own variables. Without an endpoint nothing of it is loaded.
 *
 * Call it before anything that is to be traced is imported.
 */
export interface Tracing {
  /** Sends what is left. */
  readonly stop: () => Promise<void>;
}

type Env = Readonly<Record<string, string | undefined>>;

const PROBES = /^\/(healthz|readyz)$/;
const NOTHING: Tracing = { stop: () => Promise.resolve() };

export async function startTracing(env: Env): Promise<Tracing> {
  if (!env.OTEL_EXPORTER_OTLP_ENDPOINT && !env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT) return NOTHING;
  const { register } = await import('import-in-the-middle/register-hooks.mjs');
  register(); // What is imported from now on can be traced.
  const [{ NodeSDK }, { HttpInstrumentation }, express, { PgInstrumentation }] = await Promise.all([
    import('@opentelemetry/sdk-node'),
    import('@opentelemetry/instrumentation-http'),
    import('@opentelemetry/instrumentation-express'),
    import('@opentelemetry/instrumentation-pg'),
  ]);
  const sdk = new NodeSDK({
    serviceName: env.OTEL_SERVICE_NAME ?? 'backend',
    // Metrics are Prometheus' and logs go to standard output.
    metricReaders: [],
    logRecordProcessors: [],
    instrumentations: [
      new HttpInstrumentation({ ignoreIncomingRequestHook: ({ url = '' }) => PROBES.test(url) }),
      // It names the route. A span for each middleware would hide what a call waits for.
      new express.ExpressInstrumentation({
        ignoreLayersType: [express.ExpressLayerType.MIDDLEWARE, express.ExpressLayerType.ROUTER],
      }),
      new PgInstrumentation({ requireParentSpan: true }),
    ],
  });
  sdk.start();
  return { stop: () => sdk.shutdown() };
}
