import { createHash } from 'node:crypto';
import { availableParallelism, totalmem } from 'node:os';
import { median } from './percentiles.ts';

/** What says how fast a machine may be, and nothing about whose it is. */
export interface Machine {
  readonly cores: number;
  readonly memoryGb: number;
  readonly node: string;
  readonly system: string;
}

export function thisMachine(): Machine {
  return { cores: availableParallelism(), memoryGb: Math.round(totalmem() / 2 ** 30), node: process.version, system: `${process.platform} ${process.arch}` };
}

/**
 * Milliseconds that a fixed piece of work takes here and now: hashing, and writing and reading JSON, as Plumbline does
 * most of the day. What is measured right after is compared in units of it, so that a slower or busier machine is no regression.
 */
export function yardstickMs(): number {
  return median(Array.from({ length: 7 }, work));
}

function work(): number {
  const value = { spec: Array.from({ length: 40 }, (_, index) => ({ path: `/v1/items/${index}`, methods: ['GET', 'POST'], limit: index * 1.5 })) };
  const start = performance.now();
  for (let round = 0; round < 1_000; round += 1) {
    const text = JSON.stringify(value);
    createHash('sha256').update(text).digest('hex');
    JSON.parse(text);
  }
  return performance.now() - start;
}
