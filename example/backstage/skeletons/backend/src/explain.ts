/** What is wrong with the configuration is told in sentences, without a stack. */
import { ConfigError } from './config.ts';

export function orExplain<T>(load: () => T): T {
  try {
    return load();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}
