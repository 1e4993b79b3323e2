import type { Action } from '../../../domain/action/action.ts';
import type { Document } from '../../../domain/document/document.ts';
import { readLooseYaml } from '../../../domain/document/read-loose-yaml.ts';
import type { Evidence } from '../../../domain/evidence.ts';
import type { Finding } from '../../../domain/finding.ts';
import { changedFiles } from '../../../domain/snapshot.ts';
import type { SnapshotFile } from '../../../domain/snapshot.ts';
import type { FileSide, Sha } from '../../../domain/tree.ts';
import type { ChangeToDerive, Derived, Deriver } from '../deriver.ts';
import { readSide, sideRequest } from '../../../domain/document/read-side.ts';
import { unreadSide } from '../unread-side.ts';
import { changeAction, mayBeAnything } from './change-action.ts';
import { compareWorkflows } from './compare-workflows.ts';
import { unpinnedFindings } from './unpinned-findings.ts';
import { workflowPathKind } from './workflow-path.ts';
import type { WorkflowPathKind } from './workflow-path.ts';

interface TouchedFile {
  readonly file: SnapshotFile;
  readonly kind: WorkflowPathKind;
}

/** Workflows, composite actions and CODEOWNERS: what runs on GitHub's machines, and who is asked. */
export const workflowDeriver: Deriver = {
  name: 'workflow',
  plan: (change) => touched(change).flatMap(({ file, kind }) => (isRead(kind) ? [file.base, file.head].flatMap((side) => sideRequest(side) ?? []) : [])),
  derive: (change) => {
    const files = touched(change);
    const gone = blobsGone(files);
    return merged(files.map((one) => deriveFile(one, gone, change)));
  },
};

function touched({ snapshot }: ChangeToDerive): readonly TouchedFile[] {
  return changedFiles(snapshot).flatMap((file) => {
    const kind = workflowPathKind(file.path);
    return kind === null || isSame(file) ? [] : [{ file, kind }];
  });
}

function isRead(kind: WorkflowPathKind): boolean {
  return kind === 'workflow' || kind === 'action';
}

/** The base may have come to the same by itself. */
function isSame({ base, head }: SnapshotFile): boolean {
  return base?.blob === head?.blob && base?.mode === head?.mode;
}

function deriveFile({ file, kind }: TouchedFile, gone: ReadonlySet<Sha>, change: ChangeToDerive): Derived {
  const action = changeAction(file, kind);
  if (!isRead(kind) || file.head === null) return { actions: [action], findings: [] };
  const head = documentAt(file.head, change.evidence);
  const before = documentAt(file.base, change.evidence);
  const unread = [...unavailable(file.path, 'base', before), ...unavailable(file.path, 'head', head)];
  if (unread.length > 0) return { actions: [action], findings: unread };
  if (head.kind !== 'document') return { actions: [action, ...(kind === 'workflow' ? mayBeAnything(file.path, head.kind === 'broken' ? head.why : 'it is not there') : [])], findings: [] };
  const known = before.kind === 'document' ? before.document : null;
  const account = change.snapshot.repository.owner;
  const gains = kind === 'workflow' && !gone.has(file.head.blob) ? compareWorkflows({ path: file.path, before: known, head: head.document, account }) : [];
  return { actions: [action, ...gains], findings: unpinnedFindings({ path: file.path, before: known, head: head.document, account }) };
}

/** Workflows that this change takes away: the same bytes under another name do what they did. */
function blobsGone(files: readonly TouchedFile[]): ReadonlySet<Sha> {
  return new Set(files.flatMap(({ file, kind }) => (kind === 'workflow' && file.head === null ? (sideRequest(file.base)?.blob ?? []) : [])));
}

type SideDocument =
  | { readonly kind: 'document'; readonly document: Document }
  | { readonly kind: 'absent' }
  | { readonly kind: 'broken' | 'unavailable'; readonly why: string };

function documentAt(side: FileSide | null, evidence: Evidence): SideDocument {
  const text = readSide(side, evidence, 'without byte order mark');
  if (text.kind === 'absent' || text.kind === 'unavailable') return text;
  if (text.kind === 'unreadable') return { kind: 'broken', why: text.why };
  const reading = readLooseYaml(text.bytes);
  return reading.kind === 'document' ? reading : { kind: 'broken', why: `line ${reading.problem.position.line} has ${reading.problem.found}` };
}

function unavailable(path: string, side: 'base' | 'head', document: SideDocument): readonly Finding[] {
  return document.kind === 'unavailable' ? [unreadSide(path, side, document.why)] : [];
}

function merged(parts: readonly Derived[]): Derived {
  const actions: readonly Action[] = parts.flatMap((part) => part.actions);
  return { actions, findings: parts.flatMap((part) => part.findings) };
}
