import type { CheckRunAnswer } from '../../../../src/domain/agent-evidence/check-run-answer.ts';
import { digestOfBytes } from '../../../../src/domain/digest.ts';
import type { Answer, FileContent, ProtectionAnswer } from '../../../../src/domain/probe-answer.ts';
import type { ProbeRequest, RequestOf } from '../../../../src/domain/probe-request.ts';
import type { Prober } from '../../../../src/flows/ports/prober.ts';

/** What a repository has, as a test tells it. */
export interface ToldContents {
  /** By path, at every commit. */
  readonly files?: Readonly<Record<string, string | FileContent>>;
  /** By commit; left out: protected. */
  readonly protection?: Readonly<Record<string, ProtectionAnswer>>;
  /** By id; left out: there is none. */
  readonly runs?: Readonly<Record<number, CheckRunAnswer>>;
  /** Of the head, by blob. */
  readonly blobs?: Readonly<Record<string, string>>;
  readonly isLost?: (request: ProbeRequest) => boolean;
}

/** A prober that answers from what it was told, with everything that it was asked. */
export function toldContents({ files = {}, protection = {}, blobs = {}, runs = {}, isLost = () => false }: ToldContents): Prober & { readonly asked: readonly ProbeRequest[] } {
  const asked: ProbeRequest[] = [];
  const contents = new Map(Object.entries(files).map(([path, content]) => [path, typeof content === 'string' ? bytesOf(content) : content]));
  const lost = { kind: 'unavailable', why: 'the test says so' } as const;
  const fileAt = ({ path }: RequestOf<'file-at'>): Answer<'file-at'> => ({ kind: 'answered', value: contents.get(path) ?? { kind: 'no-file' } });
  const blobOf = ({ blob }: RequestOf<'blob'>): Answer<'blob'> => ({ kind: 'answered', value: bytesOf(blobs[blob] ?? '') });
  return {
    asked,
    answer: async (requests, evidence) => {
      asked.push(...requests);
      const ofFiles = requests.flatMap((request) => (request.kind === 'file-at' ? [[request, isLost(request) ? lost : fileAt(request)] as const] : []));
      const ofBlobs = requests.flatMap((request) => (request.kind === 'blob' ? [[request, isLost(request) ? lost : blobOf(request)] as const] : []));
      const ofCommits = requests.flatMap((request) => (request.kind === 'commit-protected' ? [[request, isLost(request) ? lost : ({ kind: 'answered', value: protection[request.commit] ?? 'protected' } as const)] as const] : []));
      const ofRuns = requests.flatMap((request) => (request.kind === 'check-run' ? [[request, isLost(request) ? lost : ({ kind: 'answered', value: runs[request.id] ?? { kind: 'absent' } } as const)] as const] : []));
      return await Promise.resolve(evidence.with('file-at', ofFiles).with('blob', ofBlobs).with('commit-protected', ofCommits).with('check-run', ofRuns));
    },
  };
}

const known = new Map<string, Extract<FileContent, { kind: 'bytes' }>>();

/** The same bytes for the same text, as evidence keeps them. */
function bytesOf(text: string): Extract<FileContent, { kind: 'bytes' }> {
  const key = digestOfBytes(text);
  const found = known.get(key) ?? { kind: 'bytes', bytes: new TextEncoder().encode(text) };
  known.set(key, found);
  return found;
}
