import type { Rules } from '../../../domain/apply-rules.ts';
import { applyWaivers, isAbout } from '../../../domain/apply-waivers.ts';
import { rolesOf } from '../../../domain/configuration/governed-roles.ts';
import type { Finding } from '../../../domain/finding.ts';
import { isBefore } from '../../../domain/instant.ts';
import { changedFiles, resultSide } from '../../../domain/snapshot.ts';
import type { SnapshotFile } from '../../../domain/snapshot.ts';
import type { WaiverEntry } from '../../../domain/waiver/read-waiver-file.ts';
import { isTooLong, whyNotWaivable } from '../../../domain/waiver/waiver-bounds.ts';
import type { ChangeToDerive } from '../deriver.ts';
import { baseWaivers } from './base-waivers.ts';
import { organizationWaivers } from './organization-waivers.ts';
import { expiredWaiver, longWaiver, notWaivable, orphanedWaiver } from './report-waiver.ts';
import type { PlacedWaiver } from './report-waiver.ts';
import { organizationRules, readWaiverSide, waiverFiles } from './waiver-files.ts';
import type { WaiverFile } from './waiver-files.ts';

/**
 * What is wrong with the waivers as they stand after the change. In a file that it touches every entry is looked at; elsewhere
 * only those whose path it changes, and they only give notice. An entry of the organisation that it does not touch is told where
 * it fails to silence what it is about: it may be needed in another repository, so it is never orphaned.
 * @param findings All others of the decision: a waiver that none of them needs any more may be orphaned.
 */
export function waiverFindings(change: ChangeToDerive, findings: readonly Finding[]): readonly Finding[] {
  const judged = { change, rules: organizationRules(change.snapshot), changed: new Set(changedFiles(change.snapshot).map(({ path }) => path)), files: new Map(change.snapshot.files.map((file) => [file.path, file])), findings };
  const here = waiverFiles(change).filter(({ changed, level }) => changed || level === 'repository');
  return [...here.flatMap((file) => fileFindings(file, judged)), ...organizationFindings(judged, new Set(here.flatMap(({ level, path }) => (level === 'organization' ? [path] : []))))];
}

function fileFindings(file: WaiverFile, judged: Judged): readonly Finding[] {
  const side = readWaiverSide(file, file.changed ? 'head' : 'base', judged.change);
  if (side.kind !== 'waivers') return [];
  return side.entries.filter(({ waiver }) => file.changed || (waiver.path !== null && judged.changed.has(waiver.path))).flatMap((entry) => entryFindings(placed(file, entry, side.document.positionOf(entry.pointer)), judged));
}

/** Of what nothing silences. @param touched Files whose entries are told as the change leaves them. */
function organizationFindings(judged: Judged, touched: ReadonlySet<string>): readonly Finding[] {
  const { waivers } = baseWaivers(judged.change);
  const open = judged.findings.filter((one) => applyWaivers(one, waivers, judged.change.snapshot.now) === null);
  const found = Map.groupBy(open, ({ fingerprint }) => fingerprint);
  return organizationWaivers(judged.change).files.filter(({ path }) => !touched.has(path)).flatMap(({ path, repository, side }) => {
    const entries = side.kind === 'waivers' ? side.entries : [];
    return entries.flatMap(({ waiver }) => {
      const about = (found.get(waiver.fingerprint) ?? []).find((one) => isAbout(waiver, one));
      return about === undefined ? [] : entryFindings({ waiver, place: placeOf(about), isOfOrganization: true, elsewhere: `\`${path}\` of ${repository}`, isTouched: false }, judged);
    });
  });
}

function placeOf({ path, line, column }: Finding): PlacedWaiver['place'] {
  return { ...(path === null ? {} : { path }), ...(line === null ? {} : { line }), ...(column === null ? {} : { column }) };
}

interface Judged {
  readonly change: ChangeToDerive;
  readonly rules: Rules | null;
  readonly changed: ReadonlySet<string>;
  readonly files: ReadonlyMap<string, SnapshotFile>;
  readonly findings: readonly Finding[];
}

function placed({ path, changed, level }: WaiverFile, { waiver }: WaiverEntry, position: { readonly line: number; readonly column: number }): PlacedWaiver {
  return { waiver, place: { path, ...position }, isOfOrganization: level === 'organization', elsewhere: null, isTouched: changed };
}

function entryFindings(one: PlacedWaiver, judged: Judged): readonly Finding[] {
  const { now } = judged.change.snapshot;
  const why = whyNotWaivable(one.waiver.code, one.isOfOrganization ? null : judged.rules);
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
function whyOrphaned({ waiver, isOfOrganization }: PlacedWaiver, { change, changed, files, findings }: Judged): string | null {
  const { path } = waiver;
  if (path === null || isOfOrganization) return null;
  if (isAbsent(path, change, files)) return `nothing stands at ${path} any more`;
  if (!aboutContent.has(waiver.code) || !changed.has(path) || findings.some(({ severity }) => severity === 'unknown')) return null;
  return findings.some(({ code, fingerprint }) => code === waiver.code && fingerprint === waiver.fingerprint) ? null : `with this change ${path} has no such finding`;
}

/** Certain for what the change takes away, and for what is governed and in no tree. */
function isAbsent(path: string, { configuration }: ChangeToDerive, files: ReadonlyMap<string, SnapshotFile>): boolean {
  const file = files.get(path);
  return file === undefined ? rolesOf(configuration, path).length > 0 : resultSide(file) === null;
}
