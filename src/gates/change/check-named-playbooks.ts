import type { BehaviorAt } from '../../domain/behavior/behavior-at.ts';
import { ownKindsOf } from '../../domain/configuration/own-kinds.ts';
import { readDocumentSide } from '../../domain/document/document-side.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { RequestOf } from '../../domain/probe-request.ts';
import { finding, quoted } from '../../domain/finding.ts';
import type { Finding } from '../../domain/finding.ts';
import { nearestWord } from '../../domain/nearest-word.ts';
import { builtinPlaybooks } from '../../domain/playbook/builtin-playbooks.ts';
import { readOwnPlaybook } from '../../domain/playbook/read-own-playbook.ts';
import { resultSide } from '../../domain/snapshot.ts';
import type { Snapshot, SnapshotFile } from '../../domain/snapshot.ts';
import type { FileSide } from '../../domain/tree.ts';
import { behaviorsAfter } from './behaviors-after.ts';
import type { OwnFile } from './own-files.ts';
import { blobRequest } from './read-own-file.ts';

/** A behaviour of the result that names a playbook of the repository, or none that there is. */
interface Naming {
  readonly at: Extract<BehaviorAt, { kind: 'behavior' }>;
  readonly playbook: string;
  /** Whether the change touches the behaviour's own file. */
  readonly isChanged: boolean;
}

/** Playbooks of the repository, before and after, where the change takes part in what names one. @param own Files that the change touches. */
export function namedPlaybookRequests(snapshot: Snapshot, own: readonly OwnFile[], evidence: Evidence): readonly RequestOf<'blob'>[] {
  if (namings(snapshot, own, evidence).length === 0) return [];
  const sides = playbookFiles(snapshot, own).flatMap((file) => (file.changed ? [file.base, file.head] : [file.base]));
  return sides.map(blobRequest).filter((request) => request !== null);
}

/** A drift whose playbook is not there would be mended by nobody: refused where it is named, or where it is taken away. */
export function checkNamedPlaybooks(snapshot: Snapshot, own: readonly OwnFile[], evidence: Evidence): readonly Finding[] {
  const named = namings(snapshot, own, evidence);
  if (named.length === 0) return [];
  const files = playbookFiles(snapshot, own);
  const unread = files.filter((file) => readDocumentSide(resultSide(file), file.path, evidence).kind === 'unavailable');
  if (unread.length > 0) return unread.map(({ path }) => notRead(path));
  const after = idsOf(files, resultSide, evidence);
  return named.filter(({ playbook }) => countOf(after, playbook) !== 1).flatMap((one) => (one.isChanged ? [refused(one, after)] : takenAway(one, files, evidence)));
}

function namings(snapshot: Snapshot, own: readonly OwnFile[], evidence: Evidence): readonly Naming[] {
  const isTouched = own.some(({ kind }) => kind === 'playbook');
  return behaviorsAfter(snapshot, evidence).flatMap(({ file, at }) => {
    const playbook = at.kind === 'behavior' ? at.behavior.playbook : null;
    const isShipped = builtinPlaybooks.some((id) => id === playbook);
    return at.kind !== 'behavior' || playbook === null || isShipped || !(file.changed || isTouched) ? [] : [{ at, playbook, isChanged: file.changed }];
  });
}

/** Those of the base, and what the change touches and its own configuration names too. */
function playbookFiles(snapshot: Snapshot, own: readonly OwnFile[]): readonly SnapshotFile[] {
  const { effective } = snapshot.configuration;
  const touched = new Set(own.flatMap(({ file, kind }) => (kind === 'playbook' ? [file] : [])));
  return snapshot.files.filter((file) => touched.has(file) || (!file.changed && effective !== null && ownKindsOf(effective, file.path).includes('playbook')));
}

interface PlaybookId {
  readonly path: string;
  readonly id: string;
}

function idsOf(files: readonly SnapshotFile[], sideOf: (file: SnapshotFile) => FileSide | null, evidence: Evidence): readonly PlaybookId[] {
  return files.flatMap((file) => {
    const reading = readDocumentSide(sideOf(file), file.path, evidence);
    const own = reading.kind === 'document' ? readOwnPlaybook(reading.document) : null;
    return own?.kind === 'playbook' ? [{ path: file.path, id: own.playbook.id }] : [];
  });
}

/** Of several with one id none is used. */
function countOf(ids: readonly PlaybookId[], wanted: string): number {
  return ids.filter(({ id }) => id === wanted).length;
}

function refused({ at, playbook }: Naming, after: readonly PlaybookId[]): Finding {
  const many = countOf(after, playbook);
  const [found, expected] = [`${quoted(playbook)}, which is the id of ${many === 0 ? 'no playbook' : `${many} playbooks`}`, 'that of one which comes with Plumbline, or of one file that `playbooks` of the configuration names'];
  const near = nearestWord(playbook, [...builtinPlaybooks, ...after.map(({ id }) => id)]);
  const next = `${near === null || many > 0 ? 'Correct `playbook`.' : `Did you mean ${quoted(near)}?`} \`plumbline playbook list\` lists what there is.`;
  return finding({ code: 'config/invalid', path: at.path, ...at.document.positionOf('/playbook'), message: `Cannot use \`playbook\`: found ${found}, expected ${expected}.`, expected, found, next, subject: '/playbook' });
}

/** Told at each file of the change that had the playbook, or has it a second time. What never was there is no matter of this change. */
function takenAway({ at, playbook }: Naming, files: readonly SnapshotFile[], evidence: Evidence): readonly Finding[] {
  const changed = files.filter((file) => file.changed);
  const concerned = [...idsOf(changed, ({ base }) => base, evidence), ...idsOf(changed, ({ head }) => head, evidence)].filter(({ id }) => id === playbook);
  return [...new Set(concerned.map(({ path }) => path))].map((path) => {
    const [found, expected] = [`${quoted(playbook)} no longer the id of one playbook after this change`, `one file with it, as the behaviour ${quoted(at.behavior.name)} names it`];
    return finding({ code: 'config/invalid', path, message: `Cannot use \`${path}\`: found ${found}, expected ${expected}.`, expected, found, next: 'Keep the playbook, or name another one in the behaviour.', subject: `${at.behavior.name} playbook` });
  });
}

function notRead(path: string): Finding {
  const why = 'it was not read';
  return finding({ code: 'snapshot/unreadable', path, message: `Cannot read \`${path}\` at the head: ${why}. Nothing in your change caused this.`, expected: 'the content of the file', found: why, next: 'Wait for the next attempt.' });
}
