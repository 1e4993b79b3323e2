import type { Action } from '../../../domain/action/action.ts';
import { canonicalText } from '../../../domain/canonical.ts';
import { pointerBelow } from '../../../domain/document/pointer.ts';
import { quoted } from '../../../domain/finding.ts';
import { instantOf } from '../../../domain/instant.ts';
import type { PublicKey } from '../../../domain/signature/public-key.ts';
import { readKeys } from '../../../domain/signature/read-keys.ts';
import type { SnapshotFile } from '../../../domain/snapshot.ts';
import type { ChangeToDerive, Derived } from '../deriver.ts';
import { readDocumentSide } from '../../../domain/document/document-side.ts';
import { unreadSide } from '../unread-side.ts';
import { looseningAction, ownAction } from './own-action.ts';

/**
 * What a change does to the keys that may sign contracts: each file that changes, and each key that comes or may do more
 * than before. A key that goes, or that moves from one of the files to another, loosens nothing.
 */
export function keyActions(change: ChangeToDerive, files: readonly SnapshotFile[]): Derived {
  const bases = files.map((file) => ({ file, side: readDocumentSide(file.base, file.path, change.evidence) }));
  const unread = bases.flatMap(({ file, side }) => (side.kind === 'unavailable' ? [unreadSide(file.path, 'base', side.why)] : []));
  const known = Map.groupBy(bases.flatMap(({ side }) => (side.kind === 'document' ? usableKeys(side.document.value) : [])), sameKey);
  const derived = files.map((file) => keyFileActions(change, file, known));
  return { actions: derived.flatMap(({ actions }) => actions), findings: [...unread, ...derived.flatMap(({ findings }) => findings)] };
}

function keyFileActions({ evidence }: ChangeToDerive, file: SnapshotFile, known: ReadonlyMap<string, readonly PublicKey[]>): Derived {
  const { path } = file;
  const changed = ownAction({ action: 'key.change', path, why: `\`${path}\` says whose signatures count.`, place: file.head === null ? null : { path, line: 1, column: 1 } });
  const head = readDocumentSide(file.head, path, evidence);
  if (head.kind === 'unavailable') return { actions: [changed], findings: [unreadSide(path, 'head', head.why)] };
  if (head.kind !== 'document') return { actions: [changed], findings: [] };
  const { document } = head;
  // A file with one thing wrong has no key that counts, so numbers and keys go together.
  const wider = [...usableKeys(document.value).entries()].filter(([, key]) => !(known.get(sameKey(key)) ?? []).some((before) => isWithin(key, before)));
  return { actions: [changed, ...wider.map(([index, key]) => widened(path, key, index, document.positionOf(pointerBelow('/keys', index))))], findings: [] };
}

function usableKeys(value: Parameters<typeof readKeys>[0]): readonly PublicKey[] {
  const { keys, problems } = readKeys(value);
  return problems.length === 0 ? keys : [];
}

function sameKey({ kid, material }: PublicKey): string {
  return canonicalText([kid, material]);
}

/** Whether a key may do no more than it might before. */
function isWithin(key: PublicKey, before: PublicKey): boolean {
  const isKept = (name: 'alg' | 'use' | 'operations'): boolean => before[name] === null || canonicalText(key[name]) === canonicalText(before[name]);
  return isKept('alg') && isKept('use') && isKept('operations') && endsBy(key.notAfter, before.notAfter);
}

function endsBy(end: string | null, before: string | null): boolean {
  if (before === null || end === before) return true;
  const [at, limit] = [end === null ? null : instantOf(end), instantOf(before)];
  return at !== null && limit !== null && at <= limit;
}

function widened(path: string, key: PublicKey, index: number, { line, column }: { readonly line: number; readonly column: number }): Action {
  return looseningAction({
    action: 'key.change',
    path,
    setting: pointerBelow('/keys', index),
    why: `Lets the key ${quoted(key.kid)} sign contracts, or sign more than before.`,
    evidence: { kid: key.kid, key: key.digest },
    place: { path, line, column },
    remedy: 'Sign with a key that the base knows.',
  });
}
