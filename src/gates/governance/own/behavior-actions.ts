import type { Action } from '../../../domain/action/action.ts';
import { behaviorAt } from '../../../domain/behavior/behavior-at.ts';
import { behaviorKeys } from '../../../domain/behavior/behavior-keys.ts';
import { namedFilesOf } from '../../../domain/behavior/named-files.ts';
import { canonicalText } from '../../../domain/canonical.ts';
import { looseningsBetween } from '../../../domain/configuration/loosenings-between.ts';
import { member } from '../../../domain/configuration/member.ts';
import { digestOfValue } from '../../../domain/digest.ts';
import type { Document } from '../../../domain/document/document.ts';
import { pointerBelow } from '../../../domain/document/pointer.ts';
import { isJsonObject } from '../../../domain/json-value.ts';
import type { JsonObject } from '../../../domain/json-value.ts';
import { resultSide } from '../../../domain/snapshot.ts';
import type { SnapshotFile } from '../../../domain/snapshot.ts';
import type { ChangeToDerive, Derived } from '../deriver.ts';
import { readDocumentSide } from '../../../domain/document/document-side.ts';
import { unreadSide } from '../unread-side.ts';
import { isGone } from './is-gone.ts';
import { looseningActions } from './loosening-actions.ts';
import { looseningAction, ownAction } from './own-action.ts';

/** What a change does to behaviours: each that changes, its baselines where they do, what is measured no more and what is loosened. */
export function behaviorActions(change: ChangeToDerive, files: readonly SnapshotFile[]): Derived {
  const derived = files.map((file) => behaviorAction(change, file, files));
  return { actions: derived.flatMap(({ actions }) => actions), findings: derived.flatMap(({ findings }) => findings) };
}

function behaviorAction(change: ChangeToDerive, file: SnapshotFile, files: readonly SnapshotFile[]): Derived {
  const { path } = file;
  const changed = ownAction({ action: 'behavior.change', path, why: `\`${path}\` says how the system is measured.`, place: file.head === null ? null : { path, line: 1, column: 1 }, evidence: namedAnew(change, file) });
  if (isGone(file, files)) return { actions: [lost(path, path, null)], findings: [] };
  const [base, head] = [readDocumentSide(file.base, path, change.evidence), readDocumentSide(file.head, path, change.evidence)];
  if (base.kind === 'unavailable') return { actions: [changed], findings: [unreadSide(path, 'base', base.why)] };
  if (head.kind === 'unavailable') return { actions: [changed], findings: [unreadSide(path, 'head', head.why)] };
  if (base.kind !== 'document' || head.kind !== 'document') return { actions: [changed], findings: [] };
  const [before, after] = [metricsOf(base.document), metricsOf(head.document)];
  const gone = [...before.keys()].filter((name) => !after.has(name)).map((name) => lost(path, name, pointerBelow('/metrics', name)));
  return { actions: [changed, ...baselineChanges(path, before, after), ...gone, ...loosened(path, base.document, head.document)], findings: [] };
}

/**
 * What the change does not touch and its behaviour names first, each with the blob that stands there: anybody may write such a file as
 * yet, and whoever releases the behaviour releases that content.
 */
function namedAnew({ snapshot, evidence }: ChangeToDerive, { path, head }: SnapshotFile): JsonObject {
  const at = head === null ? null : behaviorAt(path, head, evidence);
  if (at?.kind !== 'behavior') return {};
  const named = new Set(namedFilesOf(at.behavior).map((one) => one.path));
  const files = snapshot.files.filter((file) => !file.changed && file.roles.includes('own-anew') && named.has(file.path));
  return files.length === 0 ? {} : { names: files.map((file) => ({ path: file.path, blob: resultSide(file)?.blob ?? null })) };
}

/** What the schema marks as a loosening. A metric that is gone is told by its name. */
function loosened(path: string, { value: base }: Document, document: Document): readonly Action[] {
  const { value: head } = document;
  if (!isJsonObject(base) || !isJsonObject(head)) return [];
  const loosenings = looseningsBetween(base, head, behaviorKeys).filter(({ pointer, to }) => !(to === null && /^\/metrics\/\d+$/.test(pointer)));
  return looseningActions({ action: 'behavior.change', path, document, loosenings });
}

/** By name; one without a name by its content. */
function metricsOf({ value }: Document): ReadonlyMap<string, JsonObject> {
  return new Map(isJsonObject(value) ? member.objects(value, 'metrics').map((metric) => [member.text(metric, 'name') ?? digestOfValue(metric), metric]) : []);
}

function baselineChanges(path: string, before: ReadonlyMap<string, JsonObject>, after: ReadonlyMap<string, JsonObject>): readonly Action[] {
  const names = [...before.keys()].filter((name) => after.has(name) && baselineOf(before.get(name)) !== baselineOf(after.get(name)));
  return names.length === 0 ? [] : [ownAction({ action: 'baseline.change', path, why: `Moves what ${names.length === 1 ? 'a metric' : `${names.length} metrics`} of \`${path}\` must be near to.`, evidence: { metrics: names } })];
}

function baselineOf(metric: JsonObject | undefined): string {
  return canonicalText([metric?.['baseline'] ?? null, metric?.['baselineSamples'] ?? null]);
}

function lost(path: string, name: string, setting: string | null): Action {
  return looseningAction({ action: 'behavior.change', path, ...(setting === null ? {} : { setting }), why: `\`${name}\` is measured no more.`, place: setting === null ? null : { path, line: 1, column: 1 }, remedy: `Keep \`${name}\`.` });
}
