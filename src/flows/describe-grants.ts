import type { AuditDraft } from '../audit/entry.ts';
import { contractLinks } from '../audit/entry-link.ts';
import type { Configuration } from '../domain/configuration/configuration.ts';
import type { Digest } from '../domain/digest.ts';
import { formatOf, readDocument } from '../domain/document/read-document.ts';
import type { BlobContent } from '../domain/probe-answer.ts';
import { Failure } from '../domain/failure.ts';
import { isBefore } from '../domain/instant.ts';
import { actorsOf } from '../domain/people/actors-of.ts';
import { fullNameOf } from '../domain/repository.ts';
import { isPlainFile } from '../domain/tree.ts';
import type { Sha, TreeEntry } from '../domain/tree.ts';
import { lastOf } from './landed-changes.ts';
import type { ConfigurationOfCommit } from './configuration-of-commit.ts';
import type { Grant, GrantKind, GrantReach } from './grant-kind.ts';
import { beforeLanding } from './judged-landing.ts';
import type { JudgedLanding, LandedLine } from './judged-landing.ts';
import type { DescribedLine } from './merge-drafts.ts';
import type { DecisionRecord } from './ports/decision-store.ts';
import type { Log } from './ports/log.ts';
import type { ObjectSource } from './ports/object-source.ts';
import { wholeTree } from './tree-differences.ts';

/** What came to the tip of a branch. */
interface Merges extends LandedLine, DescribedLine {
  readonly objects: Pick<ObjectSource, 'tree' | 'blobs'>;
  readonly configurationOf: ConfigurationOfCommit;
}

/** A file of a kind, and where what it grants counts. */
interface GrantingFile extends TreeEntry {
  readonly reach: GrantReach;
}

/** Each is an entry, and a push may bring any number. */
const mostTold = 1_000;

/**
 * An entry for each thing of a kind that was granted by what came onto a branch and did not stand there in that form before,
 * whether or not a decision allowed it. What only moved, or is written otherwise, is granted already; what stood there before
 * the configuration named it is granted with that.
 */
export async function grantDrafts(log: Log, merges: Merges, landings: readonly JudgedLanding[], kind: GrantKind): Promise<readonly AuditDraft[]> {
  if (!merges.configurations.some((configuration) => configuration !== null && kind.isUsed(configuration))) return [];
  const order = new Map(merges.line.commits.map(({ sha }, place) => [sha, place]));
  const told = new Set<Digest>();
  const drafts: AuditDraft[] = [];
  const inOrder = landings.toSorted((a, b) => (order.get(a.commit) ?? 0) - (order.get(b.commit) ?? 0)).map((landing) => [landing, beforeLanding(merges, landing) ?? merges.after] as const);
  // What came with commits that are not described one by one is there at the tip all the same.
  for (const [landing, before] of [...inOrder, [{ commit: merges.tip, changes: [], kind: 'unjudged' }, merges.after] as const]) {
    for (const granted of await grantedBy(log, merges, kind, { landing, before })) {
      if (told.has(granted.digest)) continue;
      told.add(granted.digest);
      drafts.push(draftOf(merges, kind, landing, granted));
    }
  }
  if (drafts.length > mostTold) log.warn('more was granted at once than is told one by one', { commit: merges.tip, event: kind.event, granted: drafts.length });
  return drafts.length > mostTold ? [...drafts.slice(0, mostTold), leftOut(merges, kind, drafts.length - mostTold)] : drafts;
}

async function grantedBy(log: Log, merges: Merges, kind: GrantKind, { landing, before: earlier }: { readonly landing: JudgedLanding; readonly before: Sha }): Promise<readonly Grant[]> {
  const configured = await configuredAt(merges, earlier, landing.commit);
  const [before, now] = [await filesAt(merges, kind, earlier, configured.before), await filesAt(merges, kind, landing.commit, configured.now)];
  if (before === null || now === null) {
    log.warn('what a merge granted can not be told', { commit: landing.commit, event: kind.event });
    return [];
  }
  const brought = without(now, before);
  if (brought.length === 0) return [];
  const paths = new Set(brought.map(({ path }) => path));
  const replaced = [...without(before, now), ...before.filter(({ path }) => paths.has(path))];
  const [contents, old] = [await merges.objects.blobs(brought), await contentsIfThere(merges, replaced)];
  const standing = Map.groupBy(replaced.flatMap((file) => grantsIn(kind, file, old)), ({ key }) => key);
  return brought.flatMap((file) => grantsIn(kind, file, contents)).filter(({ key, until }) => !(standing.get(key) ?? []).some((one) => !isBefore(one.until, until)));
}

/** What governed two commits. Where nothing of their own does one from elsewhere does; where the later one brings it, nothing was granted before. */
async function configuredAt({ configurations, configurationOf }: Merges, earlier: Sha, later: Sha): Promise<{ readonly before: Configuration | null; readonly now: Configuration | null }> {
  const [old, now] = [await configurationOf(earlier), await configurationOf(later)];
  const atTip = configurations.at(-1) ?? null;
  return { before: old ?? (now === null ? atTip : null), now: now ?? atTip };
}

/** Plain files of a kind by a configuration; null: the commit can not be read whole. */
async function filesAt({ objects }: Merges, kind: GrantKind, commit: Sha, configuration: Configuration | null): Promise<readonly GrantingFile[] | null> {
  const tree = await wholeTree(objects, commit);
  if (tree === null) return null;
  return tree.entries.flatMap((entry) => {
    const reach = configuration === null || !isPlainFile(entry) ? null : kind.reachOf(configuration, entry.path);
    return reach === null ? [] : [{ ...entry, reach }];
  });
}

/** Those of some files whose content none of the others has. */
function without(files: readonly GrantingFile[], others: readonly GrantingFile[]): readonly GrantingFile[] {
  const nameOf = ({ reach, blob }: GrantingFile): string => `${reach} ${blob}`;
  const known = new Set(others.map(nameOf));
  return files.filter((file) => !known.has(nameOf(file)));
}

/** After history was rewritten what stood there before may be gone: then nothing is taken for granted already. */
async function contentsIfThere({ objects }: Merges, files: readonly GrantingFile[]): Promise<ReadonlyMap<Sha, BlobContent>> {
  try {
    return await objects.blobs(files);
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.code === 'SNAPSHOT_UNREADABLE') return new Map();
    throw thrown;
  }
}

function grantsIn(kind: GrantKind, { path, blob, reach }: GrantingFile, contents: ReadonlyMap<Sha, BlobContent>): readonly Grant[] {
  const content = contents.get(blob);
  if (content?.kind !== 'bytes') return [];
  const reading = readDocument(content.bytes, formatOf(path));
  return reading.kind === 'problem' ? [] : kind.grantsOf({ path, reach }, reading.document);
}

function draftOf(merges: Merges, kind: GrantKind, landing: JudgedLanding, { digest, rationale, payload }: Grant): AuditDraft {
  const { commit, changes } = landing;
  const record = landing.kind === 'allowed' && !landing.isContested ? landing.record : null;
  const askedBy = contributorsOf(record ?? judgedBefore(landing));
  return {
    ...grantedEvent(merges, kind),
    subject: changes.find((change) => lastOf(change) === commit)?.subject ?? 'push',
    actor: actorsOf(askedBy),
    rationale,
    outcome: record === null ? 'governance/bypassed' : 'allowed',
    after: digest,
    ...(record === null ? {} : { policyDigest: record.decision.policyDigest, inputDigest: record.decision.inputDigest }),
    payload: { ...payload, sha: commit, askedBy: [...askedBy], decision: record?.id ?? null },
    links: [`commit:${commit}`, ...(record === null ? [] : [record.id]), ...contractLinks(typeof payload['contract'] === 'string' ? [payload['contract']] : [])],
  };
}

/** Where nothing allowed it, whoever was known to have a hand in it when it was judged asked for it. */
function judgedBefore(landing: JudgedLanding): DecisionRecord | null {
  if (landing.kind !== 'unjudged') return landing.record;
  return landing.changes.flatMap(({ standing }) => (standing.kind === 'refused' ? standing.records : []))[0] ?? null;
}

function contributorsOf(record: DecisionRecord | null): readonly string[] {
  return [...new Set((record?.decision.verdicts ?? []).flatMap(({ contributors = [] }) => contributors))];
}

function leftOut(merges: Merges, kind: GrantKind, count: number): AuditDraft {
  return { ...grantedEvent(merges, kind), subject: 'push', actor: 'unknown', rationale: `${count} more ${kind.words} came with ${merges.tip} and are not told one by one: more than ${mostTold} came at once`, outcome: 'governance/bypassed', payload: { sha: merges.tip, decision: null }, links: [`commit:${merges.tip}`] };
}

function grantedEvent({ repository }: Merges, { event }: GrantKind): Pick<AuditDraft, 'account' | 'repository' | 'event'> {
  return { account: repository.account.id, repository: { id: repository.id, name: fullNameOf(repository) }, event };
}
