import { fencedEvidence } from '../../domain/agent-evidence/fenced-evidence.ts';
import type { GroundingSettings } from '../../domain/agent-evidence/grounding-settings.ts';
import { bodyScan } from '../../domain/body-scan.ts';
import { scanRequest } from '../../domain/document/scan-request.ts';
import { readSide, sideRequest } from '../../domain/document/read-side.ts';
import type { Evidence } from '../../domain/evidence.ts';
import { compileGlob } from '../../domain/glob/glob.ts';
import { limits } from '../../domain/limits.ts';
import type { ProbeRequest, RequestOf } from '../../domain/probe-request.ts';
import type { Snapshot, SnapshotFile } from '../../domain/snapshot.ts';

/** What carries a document of an agent: a file of the change, or a block in the body of the pull request. */
export interface Carrier {
  /** Null: the body. */
  readonly path: string | null;
  /** Lines of the carrier before the document. */
  readonly linesBefore: number;
  readonly content: CarriedContent;
  /** What is asked about secrets in what carries it; null: there is nothing to read. */
  readonly scan: RequestOf<'secrets'> | null;
}

export type CarriedContent =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  /** Not to be read, and asking again would not change that. */
  | { readonly kind: 'unreadable'; readonly why: string }
  /** Not answered, or machine trouble. */
  | { readonly kind: 'unavailable'; readonly why: string };

/** Everything that may be evidence about this change: files that it adds or changes, then the blocks in the body. */
export function evidenceCarriers(snapshot: Snapshot, settings: GroundingSettings, evidence: Evidence): readonly Carrier[] {
  const files = evidenceFiles(snapshot, settings).map((file): Carrier => fileCarrier(file, contentOf(file, evidence)));
  const { body = '' } = snapshot.change;
  const scan = bodyScan(body);
  const blocks = fencedEvidence(body).map(({ text, line, isClosed }): Carrier => ({ path: null, linesBefore: line - 1, content: isClosed ? { kind: 'bytes', bytes: new TextEncoder().encode(text) } : { kind: 'unreadable', why: 'the block does not end' }, scan }));
  return [...files, ...blocks];
}

function fileCarrier({ path, head }: SnapshotFile, content: CarriedContent): Carrier {
  return { path, linesBefore: 0, content, scan: content.kind === 'bytes' && head !== null ? scanRequest(path, head.blob, content.bytes) : null };
}

/** Of more files than may be sent none is read beyond the limit. What is read is kept with the decision, so it is looked through for secrets. */
export function carrierRequests(snapshot: Snapshot, settings: GroundingSettings, evidence: Evidence): readonly ProbeRequest[] {
  const files = evidenceFiles(snapshot, settings).slice(0, limits.evidenceDocuments);
  return files.flatMap((file) => [...[sideRequest(file.head)].flatMap((one) => one ?? []), ...[fileCarrier(file, contentOf(file, evidence)).scan].flatMap((one) => one ?? [])]);
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
