import { member } from '../../configuration/member.ts';
import { editItem } from '../../document/edit-item.ts';
import { bytesOfText, editedText, textOfBytes } from '../../document/edited-text.ts';
import { formatOf, readDocument } from '../../document/read-document.ts';
import { quoted } from '../../finding.ts';
import { isJsonObject } from '../../json-value.ts';
import type { JsonObject, JsonValue } from '../../json-value.ts';
import type { Difference } from '../measured-drift.ts';
import { demandWritable, textAt, writing } from '../step-world.ts';
import type { StepWorld, Writing } from '../step-world.ts';
import { refusing } from '../unplannable.ts';

/** What was measured becomes what is agreed, for each metric that drifted: in the behaviour's file, or in the one that it names. */
export function updateBaseline(world: StepWorld): Writing {
  const named = world.facts.drift.differences.filter(({ path, name }) => path !== null && name !== null);
  if (named.length === 0) throw refusing({ kind: 'baseline', path: null, found: 'a drift of no metric', expected: 'a behaviour and the metrics of it that drifted', next: 'Name a behaviour.' });
  return named.reduce((written, difference) => new Map([...written, ...moved({ ...world, written }, difference)]), world.written);
}

function moved(world: StepWorld, { path, name, found }: Difference): Writing {
  const behavior = path ?? '';
  demandWritable(world.facts, behavior);
  const text = textAt(world, behavior);
  const metrics = metricsIn(text, behavior);
  const index = metrics.findIndex((metric) => metric['name'] === name);
  const metric = metrics[index];
  if (metric === undefined) throw refusing({ kind: 'baseline', path: behavior, found: `no metric ${quoted(name ?? '')}`, expected: 'one that it measures', next: 'Name a metric of the behaviour.' });
  if (!isLike(metric, found)) throw refusing({ kind: 'baseline', path: behavior, found: `nothing measured that ${quoted(name ?? '')} could be compared with`, expected: 'a value of the form of its baseline', next: 'Measure it again.' });
  const samples = member.text(metric, 'baselineSamples');
  if (samples !== null) return writing(world, samples, samplesText(world, samples, found));
  return writing(world, behavior, textOfBytes(editItem(bytesOfText(text), behavior, { member: 'metrics', index }, [{ pointer: '/baseline', value: found }])));
}

function metricsIn(text: string, path: string): readonly JsonObject[] {
  const reading = readDocument(bytesOfText(text), formatOf(path));
  const value = reading.kind === 'document' ? reading.document.value : null;
  const metrics = isJsonObject(value) ? value['metrics'] : null;
  return Array.isArray(metrics) ? metrics.map((metric: JsonValue) => (isJsonObject(metric) ? metric : {})) : [];
}

/** Whether what was found has the form of what is agreed now: no signal never becomes a baseline. */
function isLike(metric: JsonObject, found: JsonValue): boolean {
  if (metric['baselineSamples'] !== undefined) return isList(found);
  const { baseline } = metric;
  if (found === null || baseline === undefined) return false;
  if (Array.isArray(baseline)) return isList(found);
  return typeof baseline === typeof found && isJsonObject(baseline) === isJsonObject(found);
}

function isList(value: JsonValue): boolean {
  return Array.isArray(value) && value.length >= 4 && value.every((one: JsonValue) => typeof one === 'number' || typeof one === 'boolean');
}

/** A list of values, or an object that has them beside what made them. */
function samplesText(world: StepWorld, path: string, found: JsonValue): string {
  demandWritable(world.facts, path);
  const text = textAt(world, path);
  const reading = readDocument(bytesOfText(text), formatOf(path));
  if (reading.kind === 'document' && isJsonObject(reading.document.value)) return editedText(text, path, [{ pointer: '/values', value: found }]);
  return `${JSON.stringify(found)}\n`;
}
