import { fencedEvidence } from '../../domain/agent-evidence/fenced-evidence.ts';
import type { GroundingSettings } from '../../domain/agent-evidence/grounding-settings.ts';
import { readSide, sideRequest } from '../../domain/document/read-side.ts';
import type { Evidence } from '../../domain/evidence.ts';
import { compileGlob } from '../../domain/glob/glob.ts';
import { limits } from '../../domain/limits.ts';
import type { ProbeRequest } from '../../domain/probe-request.ts';
import type { Snapshot, SnapshotFile } from '../../domain/snapshot.ts';

/** What carries a document of an agent: a file of the change, or a block in the body of the pull request. */
export interface Carrier {
  /** Null: the body. */
  readonly path: string | null;
  /** Lines of the carrier before the document. */
  readonly linesBefore: number;
  readonly content: CarriedContent;
}

export type CarriedContent =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  /** Not to be read, and asking again would not change that. */
  | { readonly kind: 'unreadable'; readonly why: string }
  /** Not answered, or machine trouble. */
  | { readonly kind: 'unavailable'; readonly why: string };

/** Everything that may be evidence about this change: files that it adds or changes, then the blocks in the body. */
export function evidenceCarriers(snapshot: Snapshot, settings: GroundingSettings, evidence: Evidence): readonly Carrier[] {
  const files = evidenceFiles(snapshot, settings).map((file): Carrier => ({ path: file.path, linesBefore: 0, content: contentOf(file, evidence) }));
  const blocks = fencedEvidence(snapshot.change.body ?? '').map(({ text, line, isClosed }): Carrier => ({ path: null, linesBefore: line - 1, content: isClosed ? { kind: 'bytes', bytes: new TextEncoder().encode(text) } : { kind: 'unreadable', why: 'the block does not end' } }));
  return [...files, ...blocks];
}

/** Of more files than may be sent none is read beyond the limit. */
export function carrierRequests(snapshot: Snapshot, settings: GroundingSettings): readonly ProbeRequest[] {
  return evidenceFiles(snapshot, settings).slice(0, limits.evidenceDocuments).flatMap(({ head }) => sideRequest(head) ?? []);
}

/** What the change leaves as it was is about another one; what it deletes says nothing. */
function evidenceFiles({ files }: Pick<Snapshot, 'files'>, settings: GroundingSettings): readonly SnapshotFile[] {
  const globs = settings.evidence.map(compileGlob);
  return files.filter(({ changed, head, path }) => changed && head !== null && globs.some((glob) => glob.matches(path)));
}

function contentOf({ head }: SnapshotFile, evidence: Evidence): CarriedContent {
  const text = readSide(head, evidence);
  switch (text.kind) {
    case 'text':
      return { kind: 'bytes', bytes: text.bytes };
    case 'unavailable':
      return text;
    case 'unreadable':
      return text;
    case 'absent':
      return { kind: 'unreadable', why: 'it is not there' };
  }
}
