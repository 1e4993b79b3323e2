import type { AuditDraft } from '../audit/entry.ts';
import { rolesOf } from '../domain/configuration/governed-roles.ts';
import { digestOfValue } from '../domain/digest.ts';
import type { Digest } from '../domain/digest.ts';
import { formatOf, readDocument } from '../domain/document/read-document.ts';
import type { BlobContent } from '../domain/evidence.ts';
import { Failure } from '../domain/failure.ts';
import { actorsOf } from '../domain/people/actors-of.ts';
import { fullNameOf } from '../domain/repository.ts';
import type { ActionRequest } from '../domain/request/action-request.ts';
import { readRequest } from '../domain/request/read-request.ts';
import type { Sha, TreeEntry } from '../domain/tree.ts';
import { lastOf } from './arrivals.ts';
import { beforeLanding } from './judged-landing.ts';
import type { JudgedLanding, LandedLine } from './judged-landing.ts';
import type { DescribedLine } from './merge-drafts.ts';
import type { DecisionRecord, Log, ObjectSource } from './ports.ts';
import { wholeTree } from './tree-differences.ts';

/** What came to the tip of a branch. */
interface Merges extends LandedLine, DescribedLine {
  readonly objects: Pick<ObjectSource, 'tree' | 'blobs'>;
}

/** Each is an entry, and a push may bring any number. */
const mostTold = 1_000;

/**
 * An entry for each action request that came onto a branch and did not stand there in that form before, whether or not a
 * decision allowed it. Nothing is executed. What only moved, or is written otherwise, is granted already.
 */
export async function requestDrafts(log: Log, merges: Merges, landings: readonly JudgedLanding[]): Promise<readonly AuditDraft[]> {
  if (merges.configurations.every((configuration) => (configuration?.requestPaths.length ?? 0) === 0)) return [];
  const order = new Map(merges.line.commits.map(({ sha }, place) => [sha, place]));
  const told = new Set<Digest>();
  const drafts: AuditDraft[] = [];
  const inOrder = landings.toSorted((a, b) => (order.get(a.commit) ?? 0) - (order.get(b.commit) ?? 0)).map((landing) => [landing, beforeLanding(merges, landing) ?? merges.after] as const);
  // What came with commits that are not described one by one is there at the tip all the same.
  for (const [landing, before] of [...inOrder, [{ commit: merges.tip, arrivals: [], kind: 'unjudged' }, merges.after] as const]) {
    for (const granted of await grantedBy(log, merges, { landing, before })) {
      if (told.has(granted.digest)) continue;
      told.add(granted.digest);
      drafts.push(draftOf(merges, landing, granted));
    }
  }
  if (drafts.length > mostTold) log.warn('more action requests came at once than are told one by one', { commit: merges.tip, requests: drafts.length });
  return drafts.length > mostTold ? [...drafts.slice(0, mostTold), leftOut(merges, drafts.length - mostTold)] : drafts;
}

interface Granted {
  readonly path: string;
  readonly request: ActionRequest;
  /** Of the document, however it is written. */
  readonly digest: Digest;
}

/** What can not be read as a request grants nothing: no program that acts on requests reads it either. */
async function grantedBy(log: Log, merges: Merges, { landing, before: earlier }: { readonly landing: JudgedLanding; readonly before: Sha }): Promise<readonly Granted[]> {
  const [before, now] = [await requestsAt(merges, earlier), await requestsAt(merges, landing.commit)];
  if (before === null || now === null) {
    log.warn('action requests that were merged can not be told', { commit: landing.commit });
    return [];
  }
  const standing = new Set([...before.values()].map(({ blob }) => blob));
  const brought = [...now.values()].filter(({ blob }) => !standing.has(blob));
  if (brought.length === 0) return [];
  const contents = await merges.objects.blobs(brought);
  const replaced = await contentsIfThere(merges, brought.flatMap(({ path }) => before.get(path) ?? []));
  return brought.flatMap(({ path, blob }) => {
    const granted = requestIn(path, contents.get(blob));
    const old = before.get(path);
    const isAsBefore = old !== undefined && requestIn(path, replaced.get(old.blob))?.digest === granted?.digest;
    return granted === null || isAsBefore ? [] : [granted];
  });
}

/** Plain files that are requests by what governed the branch before, or does at its tip; null: the commit can not be read whole. */
async function requestsAt({ objects, configurations }: Merges, commit: Sha): Promise<ReadonlyMap<string, TreeEntry> | null> {
  const tree = await wholeTree(objects, commit);
  const isRequest = ({ mode, path }: TreeEntry): boolean =>
    (mode === '100644' || mode === '100755') && configurations.some((configuration) => configuration !== null && rolesOf(configuration, path).includes('request'));
  return tree === null ? null : new Map(tree.entries.filter(isRequest).map((entry) => [entry.path, entry]));
}

/** After history was rewritten what stood there before may be gone: then nothing is taken for granted already. */
async function contentsIfThere({ objects }: Merges, files: readonly TreeEntry[]): Promise<ReadonlyMap<Sha, BlobContent>> {
  try {
    return await objects.blobs(files);
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.code === 'SNAPSHOT_UNREADABLE') return new Map();
    throw thrown;
  }
}

function requestIn(path: string, content: BlobContent | undefined): Granted | null {
  if (content?.kind !== 'bytes') return null;
  const reading = readDocument(content.bytes, formatOf(path));
  if (reading.kind === 'problem') return null;
  const { value } = reading.document;
  const read = readRequest(value);
  return read.kind === 'request' ? { path, request: read.request, digest: digestOfValue(value) } : null;
}

function draftOf(merges: Merges, landing: JudgedLanding, { path, request, digest }: Granted): AuditDraft {
  const { commit, arrivals } = landing;
  const record = landing.kind === 'allowed' && !landing.isContested ? landing.record : null;
  const askedBy = contributorsOf(record ?? judgedBefore(landing));
  const { action, target, rationale, playbook, expires } = request;
  return {
    ...grantedEvent(merges),
    subject: arrivals.find((arrival) => lastOf(arrival) === commit)?.subject ?? 'push',
    actor: actorsOf(askedBy),
    rationale,
    outcome: record === null ? 'governance/bypassed' : 'allowed',
    after: digest,
    ...(record === null ? {} : { policyDigest: record.decision.policyDigest, inputDigest: record.decision.inputDigest }),
    payload: { action, target, rationale, playbook, expires, path, sha: commit, askedBy: [...askedBy], decision: record?.id ?? null },
    links: [`commit:${commit}`, ...(record === null ? [] : [record.id])],
  };
}

/** Where nothing allowed it, whoever was known to have a hand in it when it was judged asked for it. */
function judgedBefore(landing: JudgedLanding): DecisionRecord | null {
  if (landing.kind !== 'unjudged') return landing.record;
  return landing.arrivals.flatMap(({ standing }) => (standing.kind === 'refused' ? standing.records : []))[0] ?? null;
}

function contributorsOf(record: DecisionRecord | null): readonly string[] {
  return [...new Set((record?.decision.verdicts ?? []).flatMap(({ contributors = [] }) => contributors))];
}

function leftOut(merges: Merges, count: number): AuditDraft {
  return { ...grantedEvent(merges), subject: 'push', actor: 'unknown', rationale: `${count} more action requests came with ${merges.tip} and are not told one by one: more than ${mostTold} came at once`, outcome: 'governance/bypassed', payload: { sha: merges.tip, decision: null }, links: [`commit:${merges.tip}`] };
}

function grantedEvent({ repository }: Merges): Pick<AuditDraft, 'account' | 'repository' | 'event'> {
  return { account: repository.account.id, repository: { id: repository.id, name: fullNameOf(repository) }, event: 'request.granted' };
}
