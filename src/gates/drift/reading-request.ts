import { namedFilesOf } from '../../domain/behavior/named-files.ts';
import type { SourceReading } from '../../domain/behavior/source-reading.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { RequestOf } from '../../domain/probe-request.ts';
import { quoted } from '../../domain/finding.ts';
import { readNamed } from './asked-behavior.ts';
import type { AskedBehavior } from './asked-behavior.ts';

/** The question to the source, or why it can not be asked: a file that the source names is not there. */
export type ReadingRequest = { readonly kind: 'request'; readonly request: RequestOf<'behavior-reading'> } | { readonly kind: 'none'; readonly why: string };

const ofSource = ['document', 'settings', 'template'];

export function readingRequest(asked: AskedBehavior, evidence: Evidence): ReadingRequest {
  const { behavior, path, blob, base, head } = asked;
  const paths = new Set(namedFilesOf(behavior).flatMap((named) => (ofSource.includes(named.as) ? [named.path] : [])));
  const documents: RequestOf<'behavior-reading'>['documents'][number][] = [];
  for (const named of paths) {
    const [side, reading] = [asked.sideOf(named), readNamed(asked, named, evidence)];
    if (side === null || reading.kind === 'absent') return { kind: 'none', why: `${quoted(named)}, which its source names, is not there` };
    // What is no document may still be a template: its reader compares it by its blob.
    if (reading.kind === 'unavailable') return { kind: 'none', why: `${quoted(named)}, which its source names, can not be read: ${reading.why}` };
    documents.push({ path: named, blob: side.blob, value: reading.kind === 'document' ? reading.document.value : null });
  }
  return { kind: 'request', request: { kind: 'behavior-reading', path, blob, name: behavior.name, source: behavior.source, documents, base, head } };
}

/** What the source answered; no signal where it was not asked, or whoever asks had trouble. */
export function readingOf(asked: AskedBehavior, evidence: Evidence): SourceReading {
  const asking = readingRequest(asked, evidence);
  if (asking.kind === 'none') return { kind: 'no-signal', why: asking.why };
  const answer = evidence.find(asking.request);
  return answer?.kind === 'answered' ? answer.value : { kind: 'no-signal', why: answer?.why ?? 'the source was not asked' };
}
