import { isComparing } from '../../domain/behavior/behavior-source.ts';
import type { Behavior } from '../../domain/behavior/behavior.ts';
import { readBaseline } from '../../domain/behavior/read-baseline.ts';
import type { SourceReading } from '../../domain/behavior/source-reading.ts';
import { formatOf, readDocument } from '../../domain/document/read-document.ts';
import { digestOfValue } from '../../domain/digest.ts';
import { Failure } from '../../domain/failure.ts';
import type { JsonObject } from '../../domain/json-value.ts';
import { measureBehaviors } from '../../flows/measure-behaviors.ts';
import type { MeasuredNow } from '../../flows/measure-behaviors.ts';
import { passesUnchanged, recordedBaseline } from '../../gates/drift/recorded-baseline.ts';
import type { RecordedMetric } from '../../gates/drift/recorded-baseline.ts';
import { recordedPretty, unmeasuredPretty } from '../../render/recorded-pretty.ts';
import { createFile, isTaken, makeFolders, readWorkingFile, replaceFile, workingFile } from '../contract/working-file.ts';
import type { WorkingFile } from '../contract/working-file.ts';
import { exitCodes } from '../exit-codes.ts';
import { watch } from '../progress.ts';
import type { Terminal } from '../terminal.ts';
import { openBehaviors } from './open-behaviors.ts';
import type { SourceOptions } from './open-behaviors.ts';
import { wantedBehaviors } from './wanted-behaviors.ts';

export interface BaselineOptions extends SourceOptions {
  readonly record: string;
}

/** Less often than this an unchanged behaviour would block changes that are none. */
const leastPassing = 0.95;

/** Measures a behaviour of the working tree and writes what was found as its baseline, or says why it does not. */
export async function recordBaseline(terminal: Terminal, options: BaselineOptions): Promise<number> {
  const progress = watch(terminal);
  const opened = await openBehaviors(terminal, options, 'working tree');
  try {
    const wanted = wantedBehaviors([options.record]);
    const all = await measureBehaviors({ ...opened, clock: terminal, isWanted: wanted.isWanted, progress: ({ name }) => progress.show(`Measuring ${name}`) });
    wanted.assertAllMet(all);
    const { path, behavior, reading } = measuredOf(all, options.record);
    const now = terminal.now().toISOString();
    progress.show('Counting how often an unchanged behaviour passes');
    const baseline = recordedBaseline(behavior, reading, now);
    progress.end();
    if (baseline.kind === 'none') {
      terminal.write(unmeasuredPretty(behavior.name, baseline.reasons));
      return exitCodes.unknown;
    }
    const passes = passesUnchanged(baseline.metrics);
    const isRefused = passes < leastPassing && !behavior.acceptBlocking;
    const written = isRefused ? [] : await writeFiles(opened.root, behavior, baseline.metrics, { now, reading });
    terminal.write(recordedPretty({ path, behavior: behavior.name, metrics: baseline.metrics, passes, least: leastPassing, isRefused, written }));
    return isRefused ? exitCodes.deny : exitCodes.allow;
  } finally {
    progress.end();
    await opened.close();
  }
}

interface MeasuredOne {
  readonly path: string;
  readonly behavior: Behavior;
  readonly reading: SourceReading;
}

function measuredOf(all: readonly MeasuredNow[], name: string): MeasuredOne {
  const measured = all.find((one) => one.kind === 'measured');
  if (measured?.kind === 'measured' && isComparing(measured.behavior.source.kind)) throw new Failure('USAGE', `Cannot record a baseline of ${JSON.stringify(name)}: its source compares by itself, expected one that is compared with a baseline. There is nothing to record.`);
  if (measured?.kind === 'measured') return { path: measured.path, behavior: measured.behavior, reading: measured.measurement.reading };
  const broken = all.flatMap((one) => (one.kind === 'broken' ? [`${one.path}: ${one.why}`] : []));
  throw new Failure('USAGE', `Cannot record a baseline of ${JSON.stringify(name)}: no valid behaviour has that name. These can not be read: ${broken.slice(0, 5).join('; ')}`);
}

/** What made the values stands beside them, so that they are never compared with what something else made. */
async function writeFiles(root: string, behavior: Behavior, metrics: readonly RecordedMetric[], made: { readonly now: string; readonly reading: SourceReading }): Promise<readonly string[]> {
  const files = metrics.flatMap(({ name, file, baseline, size }) => (file === null || baseline === null ? [] : [{ file, content: contentOf({ behavior: behavior.name, metric: name, at: made.now, n: size, digest: digestOfValue(baseline) }, baseline, made.reading) }]));
  const twice = files.find(({ file }, index) => files.findIndex((other) => other.file === file) !== index);
  if (twice !== undefined) throw new Failure('USAGE', `Cannot record a baseline: two metrics of ${JSON.stringify(behavior.name)} name ${JSON.stringify(twice.file)}, expected a file for each. Nothing was changed.`);
  const places = await Promise.all(files.map(async ({ file, content }) => ({ place: await workingFile({ directory: root, root, repo: '.' }, file), content })));
  for (const { place } of places) await demandBaseline(place);
  for (const { place, content } of places) {
    const bytes = new TextEncoder().encode(`${JSON.stringify(content, null, 1)}\n`);
    await makeFolders(place);
    await ((await isTaken(place)) ? replaceFile : createFile)(place, bytes);
  }
  return files.map(({ file }) => file);
}

/** A behaviour of somebody else's change names the file: only what is a baseline is written over. */
async function demandBaseline(place: WorkingFile): Promise<void> {
  if (!(await isTaken(place))) return;
  const reading = readDocument(await readWorkingFile(place), formatOf(place.path));
  const file = { kind: 'value', value: reading.kind === 'document' ? reading.document.value : null } as const;
  if (readBaseline({ kind: 'file', path: place.path }, new Map([[place.path, file]])).kind === 'values') return;
  throw new Failure('USAGE', `Cannot record a baseline in ${JSON.stringify(place.file)}: found a file that is no baseline, expected a list of values, an object with them as \`values\`, or no file. Nothing was changed. Name another file in the behaviour, or take this one away.`);
}

function contentOf(recorded: JsonObject, values: NonNullable<RecordedMetric['baseline']>, reading: SourceReading): JsonObject {
  const generator = reading.kind === 'answered' ? reading.generator : null;
  const stated = Object.fromEntries(Object.entries(generator ?? {}).filter(([, value]) => value !== null));
  return { values, ...(generator === null ? {} : { reproducibility: stated }), recorded };
}
