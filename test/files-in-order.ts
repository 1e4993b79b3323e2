import { globSync } from 'node:fs';
import { join } from 'node:path';

/** Of all others each file is run in a process of its own. */
const alone = ['test/*.test.ts', 'test/{acceptance,cli,crash}/**/*.test.ts', 'test/probes/*.test.ts'];

/** By the CPU and the waiting of each, the longest first. */
const longest = ['serving', 'acceptance/on-one-server', 'judging', 'storing', 'probing', 'acceptance/reliability', 'main', 'crash/crash', 'cli/check', 'acceptance/organization', 'policing', 'crash/log-faults', 'crash/log-kills', 'cli/doctor', 'cli/beside-server', 'crash/blocked-log', 'crash/replicas', 'cli/audit/erase', 'cli/contract/author', 'cli/drift/drift', 'checking', 'acceptance/drift', 'app'];

/** The test files that have a process each, from the root: what takes longest is begun first, so that no core waits for it in the end. */
export function filesInOrder(): readonly string[] {
  const files = alone.flatMap((glob) => globSync(glob, { cwd: join(import.meta.dirname, '..') })).toSorted();
  const first = longest.map((name) => `test/${name}.test.ts`);
  return [...first, ...files.filter((file) => !first.includes(file))];
}
