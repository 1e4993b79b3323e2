import type { Action } from '../../../domain/action/action.ts';
import { canonicalText } from '../../../domain/canonical.ts';
import type { ProbeRequest } from '../../../domain/probe-request.ts';
import { quoted } from '../../../domain/finding.ts';
import { dayOf, isBefore } from '../../../domain/instant.ts';
import type { SnapshotFile } from '../../../domain/snapshot.ts';
import type { WaiverEntry } from '../../../domain/waiver/read-waiver-file.ts';
import { termsOf } from '../../../domain/waiver/terms-of.ts';
import type { Waiver } from '../../../domain/waiver/waiver.ts';
import type { ChangeToDerive, Derived, Deriver } from '../deriver.ts';
import { sideRequest } from '../../../domain/document/read-side.ts';
import { ownAction } from '../own/own-action.ts';
import { eachOwnFileAnew, headConfigurationRequests } from '../own/own-files-anew.ts';
import { unreadSide } from '../unread-side.ts';
import { readWaiverSide, waiverFiles } from './waiver-files.ts';
import type { WaiverFile, WaiverLevel, WaiverSide } from './waiver-files.ts';

/**
 * What a change grants by waivers: each entry that comes, and each that lasts longer or says something else than before. A
 * change that grants nothing is one of an own file all the same.
 */
export const waiverDeriver: Deriver = { name: 'waivers', plan, derive };

function plan(change: ChangeToDerive): readonly ProbeRequest[] {
  const sides = changedWaiverFiles(change).flatMap(({ base, head }) => [sideRequest(base), sideRequest(head)].filter((request) => request !== null));
  return [...headConfigurationRequests(change), ...sides];
}

function changedWaiverFiles(change: ChangeToDerive): readonly WaiverFile[] {
  return [...waiverFiles(change).filter(({ changed }) => changed), ...waiverFilesAnew(change)];
}

/** What stands in a file that only the head names is granted by the change. */
function waiverFilesAnew(change: ChangeToDerive): readonly WaiverFile[] {
  return eachOwnFileAnew(change).flatMap(({ kind, file }): readonly WaiverFile[] => {
    if (kind === 'organization-waivers') return [{ ...file, level: 'organization' }];
    return kind === 'waivers' ? [{ ...file, level: 'repository' }] : [];
  });
}

function derive(change: ChangeToDerive): Derived {
  const read = changedWaiverFiles(change).map((file) => ({ file, base: readWaiverSide(file, 'base', change), head: readWaiverSide(file, 'head', change) }));
  const known = Map.groupBy(read.flatMap(({ file: { level }, base }) => (base.kind === 'waivers' ? base.entries.map(({ waiver }) => ({ level, waiver })) : [])), nameOf);
  return {
    actions: read.flatMap(({ file, head }) => {
      const granted = actionsOf(file, head, known);
      return granted.length > 0 ? granted : [changing(file)];
    }),
    findings: read.flatMap(({ file, base, head }) => [
      ...(base.kind === 'unavailable' ? [unreadSide(file.path, 'base', base.why)] : []),
      ...(head.kind === 'unavailable' ? [unreadSide(file.path, 'head', head.why)] : []),
    ]),
  };
}

/** One of Plumbline's own files all the same, also where it grants nothing new. */
function changing({ path, head }: SnapshotFile): Action {
  return ownAction({ action: 'config.change', path, why: `It changes the waiver file ${quoted(path)} and grants nothing by it.`, place: head === null ? null : { path, line: 1, column: 1 } });
}

/** A file that is not valid grants nothing, and the gate of the change refuses it. */
function actionsOf({ path, level }: WaiverFile, head: WaiverSide, known: ReadonlyMap<string, readonly LevelledWaiver[]>): readonly Action[] {
  if (head.kind !== 'waivers') return [];
  return head.entries.flatMap((entry) => {
    const before = (known.get(nameOf({ level, waiver: entry.waiver })) ?? []).map(({ waiver }) => waiver);
    if (before.some((one) => isWithin(entry.waiver, one))) return [];
    const { line, column } = head.document.positionOf(entry.pointer);
    return [granting({ path, level }, entry, before[0] ?? null, { path, line, column })];
  });
}

interface LevelledWaiver {
  readonly level: WaiverLevel;
  readonly waiver: Waiver;
}

/** What an entry silences, and whether here or in all repositories: what moves from one to the other is granted anew. */
function nameOf({ level, waiver: { code, fingerprint, path, contract } }: LevelledWaiver): string {
  return canonicalText([level, code, fingerprint, path, contract]);
}

function isWithin(waiver: Waiver, before: Waiver): boolean {
  return termsOf(waiver) === termsOf(before) && !isBefore(before.until, waiver.until);
}

function granting({ path, level }: Pick<WaiverFile, 'path' | 'level'>, { waiver, pointer }: WaiverEntry, before: Waiver | null, place: Action['place']): Action {
  const about = waiver.path ?? waiver.contract ?? '';
  const day = dayOf(waiver.until);
  const what = `\`${waiver.code}\` of ${quoted(about)}${level === 'organization' ? ' in every repository' : ''}`;
  const did = before === null ? `Waives ${what} until ${day}` : `Changes the waiver of ${what}, which now ends ${day}`;
  return {
    action: before === null ? 'waiver.grant' : 'waiver.extend',
    tier: 3,
    subject: { path, ...(waiver.contract === null ? {} : { contract: waiver.contract }), setting: pointer },
    paths: [path],
    why: `${did}, answered for by ${quoted(waiver.owner)}: ${quoted(waiver.reason)}.`,
    evidence: { ...waiver, ...(before === null ? {} : { before: { ...before } }) },
    place,
    finding: null,
    remedy: 'Mend what the finding says instead.',
  };
}
