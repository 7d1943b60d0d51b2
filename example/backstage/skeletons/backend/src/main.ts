/** Starts the server. What is loaded before tracing has begun would not be traced. */
import { startTracing } from './tracing.ts';

const tracing = await startTracing(process.env);
const { serve } = await import('./serve.ts');
await serve(tracing);
