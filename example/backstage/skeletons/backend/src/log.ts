/** Logs: one JSON object a line, on standard output. */
import { trace } from '@opentelemetry/api';
import { pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';

export type { Logger };

export const createLog = (
  { level }: { readonly level: string },
  destination?: DestinationStream,
): Logger =>
  pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: described },
      // Finds the trace of what a line is about.
      mixin: () => ({ traceId: trace.getActiveSpan()?.spanContext().traceId }),
    },
    destination,
  );

/** Only this of an error: a database's and a parser's hold what users sent. */
export function described(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const { code } = error as { code?: unknown };
  return {
    type: error.constructor.name,
    message: error.message,
    ...(code !== undefined && { code }),
    stack: error.stack,
    ...(error.cause !== undefined && { cause: described(error.cause) }),
  };
}
