import { undecided } from '../../domain/compatibility/undecided.ts';
import type { Comparison } from '../../domain/compatibility/comparison.ts';
import type { SchemasToCompare } from '../../domain/probe-request.ts';
import { limits } from '../../domain/limits.ts';
import { excessOf } from '../schema-validation/measure-value.ts';
import type { PreparedDocument } from '../worker-threads/thread-protocol.ts';
import type { Unanswered } from '../worker-threads/worker-lane.ts';
import type { WorkerPool } from '../worker-threads/worker-pool.ts';

export interface Compared {
  readonly kind: 'compared';
  readonly comparison: Comparison;
}

/** One answer per pair, in order. What is over a limit is undecided; only trouble of the machine is left unanswered. */
export async function compareInWorkers(pool: WorkerPool<Compared>, pairs: readonly SchemasToCompare[]): Promise<readonly (Comparison | Unanswered)[]> {
  const prepared = pairs.map(prepare);
  const answers = (await pool.run(prepared.filter((one) => 'text' in one))).values();
  return prepared.map((one, index) => {
    if (!('text' in one)) return one;
    const answer = answers.next().value ?? { kind: 'unanswered', why: 'it was not compared' };
    if (answer.kind === 'compared') return answer.comparison;
    return answer.kind === 'undecided' ? undecided(pairs[index]?.mode ?? 'full', answer.why) : answer;
  });
}

function prepare(pair: SchemasToCompare): PreparedDocument | Comparison {
  for (const [which, { value }] of [['older', pair.older], ['newer', pair.newer]] as const) {
    const excess = excessOf(value);
    if (excess !== null) return undecided(pair.mode, `the ${which} schema has ${excess}`);
  }
  const text = JSON.stringify({ older: pair.older.value, newer: pair.newer.value, mode: pair.mode, preset: pair.preset });
  if (text.includes('"__proto__"')) return undecided(pair.mode, 'a schema names a member "__proto__", which can not be checked');
  return text.length > 2 * limits.fileBytes ? undecided(pair.mode, `the schemas are longer than ${2 * limits.fileBytes} characters`) : { kind: 'document', schema: '', schemaText: '', text };
}
