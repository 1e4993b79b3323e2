import { join } from 'node:path';
import { readDocument } from '../../src/domain/document/read-document.ts';
import type { JsonValue } from '../../src/domain/json-value.ts';
import { createValidator } from '../../src/probes/schema-validation/schema-validator.ts';
import type { SchemaValidator } from '../../src/probes/schema-validation/schema-validator.ts';
import { comparisonReport } from './comparison-report.ts';
import { corpora } from './corpora.ts';
import type { Corpus } from './corpus.ts';
import type { ComparedPair } from './judged-pair.ts';
import { kept } from './kept-results.ts';
import { publishedVersions } from './published-versions.ts';
import { schemaPairs } from './schema-pairs.ts';
import type { SchemaVersion } from './schema-pairs.ts';

const modes: readonly Extract<ComparedPair['mode'], 'backward' | 'lenient'>[] = ['backward', 'lenient'];

/**
 * Compares each distinct version of every schema with the one before, in one process and one isolated worker, as the App does,
 * and prints tables. The time of a pair begins with its bytes.
 */
export async function evaluateSchemas(words: readonly string[], cache: string, say: (text: string) => void): Promise<void> {
  const validator = createValidator();
  const pairs: ComparedPair[] = [];
  for (const corpus of corpora.filter(({ name, judged }) => judged.kind === 'schemas' && (words.length === 0 || words.some((word) => name.includes(word))))) {
    pairs.push(...kept(join(cache, 'schemas'), await comparedPairs(corpus, validator, cache, say)));
  }
  await validator.close();
  console.log(comparisonReport(pairs));
}

async function comparedPairs(corpus: Corpus, validator: SchemaValidator, cache: string, say: (text: string) => void): Promise<readonly ComparedPair[]> {
  const pairs: ComparedPair[] = [];
  for (const [before, after] of schemaPairs(publishedVersions(corpus, cache))) {
    say(`${corpus.name}: ${before.path} of ${before.version} and ${after.version}`);
    for (const mode of modes) pairs.push({ corpus: corpus.name, path: before.path, from: before.version, to: after.version, mode, ...(await timed(async () => await answerOf(validator, before, after, mode))) });
  }
  return pairs;
}

type Answered = Pick<ComparedPair, 'answer' | 'differences' | 'doubts' | 'witness' | 'ended'>;

async function timed(answer: () => Promise<Answered>): Promise<Answered & Pick<ComparedPair, 'seconds' | 'cpuSeconds' | 'memoryMb'>> {
  const [start, used] = [performance.now(), process.cpuUsage()];
  const answered = await answer();
  const { user, system } = process.cpuUsage(used);
  return { ...answered, seconds: (performance.now() - start) / 1_000, cpuSeconds: (user + system) / 1_000_000, memoryMb: process.resourceUsage().maxRSS / 1_024 };
}

async function answerOf(validator: SchemaValidator, before: SchemaVersion, after: SchemaVersion, mode: (typeof modes)[number]): Promise<Answered> {
  const [older, newer] = [valueOf(before), valueOf(after)];
  for (const one of [older, newer]) if (one.kind === 'refused') return undecided(one.why);
  if (older.kind === 'refused' || newer.kind === 'refused') return undecided('a schema was refused');
  const [answer] = await validator.compare([{ older: { blob: 'a', value: older.value }, newer: { blob: 'b', value: newer.value }, mode: 'backward', preset: mode === 'lenient' ? 'lenient' : 'semantic' }]);
  if (answer === undefined || 'kind' in answer) return { ...undecided(answer?.why ?? 'no answer'), answer: null, ended: 'crash' };
  return { ended: 'answered', answer: answer.answer, differences: answer.differences, doubts: answer.doubts, witness: answer.witness };
}

function undecided(why: string): Answered {
  return { ended: 'answered', answer: 'undecided', differences: [], doubts: [{ keyword: null, pointer: '', why }], witness: null };
}

function valueOf({ content }: SchemaVersion): { readonly kind: 'value'; readonly value: JsonValue } | { readonly kind: 'refused'; readonly why: string } {
  const reading = readDocument(content, 'json');
  if (reading.kind === 'document') return { kind: 'value', value: reading.document.value };
  return { kind: 'refused', why: `can not be read: ${reading.problem.reason}` };
}
