import { createRequire } from 'node:module';

// Octokit waits up to three seconds between writes, as GitHub asks for. A played GitHub doesn't.
// It must be imported first: Octokit reads this class when it is loaded.
const Bottleneck = createRequire(import.meta.url)('bottleneck/light');
Bottleneck.Group = class extends Bottleneck.Group {
  constructor(options) {
    super({ ...options, minTime: 0 });
  }
};
