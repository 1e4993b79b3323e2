import type { Action } from '../../../domain/action/action.ts';
import type { Evidence } from '../../../domain/evidence.ts';
import type { ProbeRequest } from '../../../domain/probe-request.ts';
import type { SecretPlace, SecretsAnswer } from '../../../domain/probe-answer.ts';
import { quoted } from '../../../domain/finding.ts';
import type { JsonObject } from '../../../domain/json-value.ts';
import type { SnapshotFile } from '../../../domain/snapshot.ts';
import type { ChangeToDerive, Derived, Deriver } from '../deriver.ts';
import { unreadSide } from '../unread-side.ts';
import { scannableFiles } from './scannable.ts';
import { scannedSide } from './scanned-side.ts';
import { scanQuestion } from './text-to-scan.ts';
import { unscanned } from './unscanned.ts';

/** Places that an action lists; it counts the others. */
const told = 50;

/** What has the form of a secret, in files that the change adds or changes, and did not stand in the same file before. */
export const secretDeriver: Deriver = {
  name: 'secrets',
  plan: ({ snapshot, evidence }) => scannableFiles(snapshot).files.flatMap((file) => questionsOf(file, evidence)),
  derive(change) {
    const { files, left } = scannableFiles(change.snapshot);
    const parts = files.map((file) => deriveFile(file, change));
    const over = [...left, ...files.filter((file) => scanQuestion(file, 'head', change.evidence).kind === 'too-large')];
    return { actions: parts.flatMap(({ actions }) => actions), findings: [...parts.flatMap(({ findings }) => findings), ...unscanned(over)] };
  },
};

/** Both contents at once, since they come in one go; the base is looked at only where the head has something. */
function questionsOf(file: SnapshotFile, evidence: Evidence): readonly ProbeRequest[] {
  const contents = [file.head, file.base].flatMap((side) => scannedSide(side) ?? []);
  const head = scanQuestion(file, 'head', evidence);
  if (head.kind !== 'ask') return contents;
  const found = evidence.find(head.request);
  const isFound = found?.kind === 'answered' && found.value.kind === 'scanned' && found.value.secrets.length > 0;
  const base = isFound ? scanQuestion(file, 'base', evidence) : null;
  return [...contents, head.request, ...(base?.kind === 'ask' ? [base.request] : [])];
}

type SideScan = SecretsAnswer | { readonly kind: 'unavailable'; readonly why: string };

function deriveFile(file: SnapshotFile, { evidence }: ChangeToDerive): Derived {
  const head = scanOf(file, 'head', evidence);
  if (head.kind === 'unavailable') return { actions: [], findings: [unreadSide(file.path, 'head', head.why)] };
  if (head.kind === 'undecided') return { actions: [mayBeSecret(file, head.why)], findings: [] };
  if (head.secrets.length === 0) return { actions: [], findings: [] };
  const base = scanOf(file, 'base', evidence);
  if (base.kind === 'unavailable') return { actions: [], findings: [unreadSide(file.path, 'base', base.why)] };
  const known = new Set(base.kind === 'scanned' ? base.secrets.map(({ digest }) => digest) : []);
  const added = head.secrets.filter(({ digest }) => !known.has(digest));
  return { actions: added.length === 0 ? [] : [secretCommit(file, added)], findings: [] };
}

function scanOf(file: SnapshotFile, side: 'base' | 'head', evidence: Evidence): SideScan {
  const question = scanQuestion(file, side, evidence);
  if (question.kind === 'unavailable') return question;
  if (question.kind !== 'ask') return { kind: 'scanned', secrets: [] };
  const answer = evidence.find(question.request);
  return answer?.kind === 'answered' ? answer.value : { kind: 'unavailable', why: answer?.why ?? 'nobody looked for secrets in it' };
}

/** Tells what kind of secret stands where, and nothing of the secret. */
function secretCommit(file: SnapshotFile, added: readonly SecretPlace[]): Action {
  const { path } = file;
  const [first] = added;
  const { line, column } = first ?? { line: 1, column: 1 };
  const more = added.length - 1;
  return {
    ...shared(file),
    why: `${quoted(path)} has what looks like a secret (${first?.rule ?? ''}) in line ${line}${more === 0 ? '' : `, and ${more} more`}.`,
    evidence: { ...contentOf(file), count: added.length, secrets: added.slice(0, told).map((place) => ({ rule: place.rule, line: place.line, column: place.column })) },
    place: { path, line, column },
  };
}

/** A text in which nobody can tell within the limits. */
function mayBeSecret(file: SnapshotFile, why: string): Action {
  const { path } = file;
  return { ...shared(file), why: `Nobody can tell whether ${quoted(path)} has a secret: ${why}.`, evidence: { ...contentOf(file), undecided: true }, place: { path, line: 1, column: 1 } };
}

/** The object name of the whole content, which git shows to every reader: unlike a digest of the secret it tells nothing that they could not read. */
function contentOf({ head }: SnapshotFile): JsonObject {
  return head === null ? {} : { blob: head.blob };
}

function shared({ path }: SnapshotFile): Omit<Action, 'why' | 'evidence' | 'place'> {
  return {
    action: 'secret.commit',
    tier: 4,
    subject: { path },
    paths: [path],
    finding: 'governance/secret_committed',
    remedy: 'Take the secret out of every commit of this branch and revoke it, since it was pushed; where it is none, ask for a waiver.',
  };
}
