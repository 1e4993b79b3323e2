/** Runs in a worker thread: schemas come from pull requests, and their patterns run nowhere else. */
import { loadDialect } from '../schema-validation/load-dialect.ts';
import { loadDialects } from '../schema-validation/load-dialects.ts';
import { answerEach } from '../worker-threads/worker-side.ts';
import type { Compared } from './compare-in-workers.ts';
import { confirmComparison } from './confirm-comparison.ts';
import type { Pair } from './confirm-comparison.ts';

// Loaded before a pair's time begins, however slow the machine.
await Promise.all([loadDialect('draft-07'), loadDialect('2020-12')]);
answerEach<Pair, Compared>(
  async (text) => {
    const pair: Pair = JSON.parse(text);
    await loadDialects([pair.older, pair.newer]);
    return pair;
  },
  async (pair) => ({ kind: 'compared', comparison: await confirmComparison(pair) }),
);
