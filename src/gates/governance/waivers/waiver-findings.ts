import type { Rules } from '../../../domain/apply-rules.ts';
import { rolesOf } from '../../../domain/configuration/governed-roles.ts';
import type { Finding } from '../../../domain/finding.ts';
import { isBefore } from '../../../domain/instant.ts';
import { changedFiles, resultSide } from '../../../domain/snapshot.ts';
import type { SnapshotFile } from '../../../domain/snapshot.ts';
import type { WaiverEntry } from '../../../domain/waiver/read-waiver-file.ts';
import { isTooLong, whyNotWaivable } from '../../../domain/waiver/waiver-bounds.ts';
import type { ChangeToDerive } from '../deriver.ts';
import { expiredWaiver, longWaiver, notWaivable, orphanedWaiver } from './report-waiver.ts';
import type { PlacedWaiver } from './report-waiver.ts';
import { organizationRules, readWaiverSide, waiverFiles } from './waiver-files.ts';

/**
 * What is wrong with the waivers as they stand after the change. In a file that it touches every entry is looked at; elsewhere
 * only those whose path it changes, and they only give notice.
 * @param findings All others of the decision: a waiver that none of them needs any more may be orphaned.
 */
export function waiverFindings(change: ChangeToDerive, findings: readonly Finding[]): readonly Finding[] {
  const judged = { change, rules: organizationRules(change.snapshot), changed: new Set(changedFiles(change.snapshot).map(({ path }) => path)), files: new Map(change.snapshot.files.map((file) => [file.path, file])), findings };
  return waiverFiles(change).flatMap((file) => {
    const side = readWaiverSide(file, file.changed ? 'head' : 'base', change);
    if (side.kind !== 'waivers') return [];
    return side.entries.filter(({ waiver }) => file.changed || (waiver.path !== null && judged.changed.has(waiver.path))).flatMap((entry) => entryFindings(placed(file, entry, side.document.positionOf(entry.pointer)), judged));
  });
}

interface Judged {
  readonly change: ChangeToDerive;
  readonly rules: Rules | null;
  readonly changed: ReadonlySet<string>;
  readonly files: ReadonlyMap<string, SnapshotFile>;
  readonly findings: readonly Finding[];
}

function placed({ path, changed }: SnapshotFile, { waiver, pointer }: WaiverEntry, position: { readonly line: number; readonly column: number }): PlacedWaiver {
  return { waiver, pointer, file: path, isTouched: changed, ...position };
}

function entryFindings(one: PlacedWaiver, judged: Judged): readonly Finding[] {
  const { now } = judged.change.snapshot;
  const why = whyNotWaivable(one.waiver.code, judged.rules);
  if (why !== null) return [notWaivable(one, why)];
  if (isTooLong(one.waiver, now)) return [longWaiver(one)];
  if (!isBefore(now, one.waiver.until)) return [expiredWaiver(one)];
  const lost = whyOrphaned(one, judged);
  return lost === null ? [] : [orphanedWaiver(one, lost)];
}

/** Codes that tell what a file has, whatever the change does to it. */
const aboutContent: ReadonlySet<string> = new Set(['contract/schema_invalid', 'governance/action_unpinned']);

/**
 * Why a waiver has nothing left to silence; null where that is not certain. A waiver of what a change does may wait for that
 * very change, so only its path tells; of what could not be judged nothing is told.
 */
function whyOrphaned({ waiver }: PlacedWaiver, { change, changed, files, findings }: Judged): string | null {
  const { path } = waiver;
  if (path === null) return null;
  if (isAbsent(path, change, files)) return `nothing stands at ${path} any more`;
  if (!aboutContent.has(waiver.code) || !changed.has(path) || findings.some(({ severity }) => severity === 'unknown')) return null;
  return findings.some(({ code, fingerprint }) => code === waiver.code && fingerprint === waiver.fingerprint) ? null : `with this change ${path} has no such finding`;
}

/** Certain for what the change takes away, and for what is governed and in no tree. */
function isAbsent(path: string, { configuration }: ChangeToDerive, files: ReadonlyMap<string, SnapshotFile>): boolean {
  const file = files.get(path);
  return file === undefined ? rolesOf(configuration, path).length > 0 : resultSide(file) === null;
}
