import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { measuredRun } from '../parts/measured-run.ts';
import type { MeasuredRun } from '../parts/measured-run.ts';
import type { Corpus, PublishedVersion } from './corpus.ts';
import { limitMs, timedOf } from './judge-versions.ts';
import type { Judging } from './judge-versions.ts';
import type { ComparedPair } from './judged-pair.ts';
import { pairsOf } from './pairs-of.ts';
import { schemaVersions } from './schema-pairs.ts';
import type { SchemaVersion } from './schema-pairs.ts';

const options: Readonly<Record<ComparedPair['mode'], readonly string[]>> = {
  backward: ['--mode', 'backward'],
  lenient: ['--mode', 'backward', '--preset', 'lenient'],
  full: ['--mode', 'full'],
  transitive: ['--mode', 'backward'],
};

interface SchemaPair {
  readonly before: SchemaVersion;
  readonly after: SchemaVersion;
  readonly mode: ComparedPair['mode'];
}

/**
 * `plumbline schema compare` of each distinct version of a schema with the one before, in the modes backward (with
 * both presets) and full, and of the newest with all the earlier ones, which is what transitive asks of a change of the newest.
 */
export function compareVersions(corpus: Corpus, versions: readonly PublishedVersion[], judging: Judging): readonly ComparedPair[] {
  return schemaVersions(versions).flatMap(pairsToCompare).map((pair) => comparedPair(corpus, pair, judging));
}

function pairsToCompare(versions: readonly SchemaVersion[]): readonly SchemaPair[] {
  const newest = versions.at(-1);
  const next = pairsOf(versions).flatMap(([before, after]) => (['backward', 'lenient', 'full'] as const).map((mode) => ({ before, after, mode })));
  const transitive = newest === undefined ? [] : versions.slice(0, -2).map((before) => ({ before, after: newest, mode: 'transitive' }) as const);
  return [...next, ...transitive];
}

function comparedPair(corpus: Corpus, { before, after, mode }: SchemaPair, { command, folder, say }: Judging): ComparedPair {
  say(`${corpus.name}: ${before.path} of ${before.version} and ${after.version}, ${mode}`);
  const [older, newer] = [written(folder, 'older', before), written(folder, 'newer', after)];
  const run = measuredRun(command, ['schema', 'compare', older, newer, ...options[mode], '--format', 'json'], { folder, limitMs });
  return { corpus: corpus.name, path: before.path, from: before.version, to: after.version, mode, ...timedOf(run), ...answerOf(run) };
}

function written(folder: string, side: string, { path, content }: SchemaVersion): string {
  const file = join(folder, side, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

type Answered = Pick<ComparedPair, 'answer' | 'differences' | 'doubts' | 'witness'>;

function answerOf({ stdout, stderr }: MeasuredRun): Answered {
  try {
    const { answer, differences = [], doubts = [], witness = null }: Partial<Answered> = JSON.parse(stdout);
    return { answer: answer ?? null, differences, doubts, witness };
  } catch {
    return { answer: null, differences: [], doubts: [{ keyword: null, pointer: '', why: stderr.slice(0, 1_000) }], witness: null };
  }
}
