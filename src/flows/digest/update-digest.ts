import type { AuditDraft } from '../../audit/entry.ts';
import { digestOfValue } from '../../domain/digest.ts';
import type { Digest } from '../../domain/digest.ts';
import { isQuiet } from '../../domain/drift/drift-digest.ts';
import type { DriftDigest } from '../../domain/drift/drift-digest.ts';
import { commentMarker } from '../../domain/effect.ts';
import { Failure } from '../../domain/failure.ts';
import { noIssue } from '../../domain/issue/issue-record.ts';
import type { IssueKey, IssueRecord } from '../../domain/issue/issue-record.ts';
import { fullNameOf } from '../../domain/repository.ts';
import type { RepositoryRef } from '../../domain/repository.ts';
import { digestText } from '../../render/drift/digest-text.ts';
import type { FlowPorts } from '../flow-ports.ts';
import type { HeldLease } from '../held-lease.ts';
import type { IssueText, SeenIssue } from '../../domain/issue/seen-issue.ts';
import type { GitHubIssues } from '../ports/github-issues.ts';
import { readDigest } from './read-digest.ts';

type DigestPorts = Pick<FlowPorts, 'store' | 'github' | 'clock' | 'log'>;
type WritePorts = DigestPorts & { readonly lease: HeldLease };

interface WantedDigest {
  readonly key: IssueKey;
  /** As whoever may see everything would read it. */
  readonly whole: DriftDigest;
  /** Nothing in it is for anybody to know: an issue that is open is closed, and none is opened. */
  readonly isQuiet: boolean;
  readonly content: Digest;
}

/**
 * Brings the digest issue of an account to what our record says now: in the organisation's repository `.github`, or in the repository
 * itself where a user owns it. Nothing is asked of GitHub while it would say the same. A person's close of it holds until it has
 * something new to say. What is meant is in the log before it is written, and nothing is written once another has the lease. Where it can not be written, that is told once, in the log and the audit log, and nothing breaks.
 * @throws Failure for what is tried again later.
 */
export async function updateDigest(ports: DigestPorts, repository: RepositoryRef, lease: HeldLease): Promise<void> {
  await refuseBlocked(ports, repository);
  const wanted = await wantedDigest(ports, repository);
  const record = (await ports.store.transaction((transaction) => transaction.issueRecord(wanted.key))) ?? noIssue;
  if (record.content === wanted.content || (record.number === null && wanted.isQuiet)) return;
  try {
    const where = repository.account.kind === 'user' ? repository : await ports.github.organizationRepository(repository);
    if (where === null) return await refuse(ports, repository, { key: wanted.key, record, about: 'no_repository', why: `Cannot write the digest: ${repository.account.login} has no repository .github that the App sees, expected one that it is installed on.` });
    await write({ ...ports, lease }, where, { ...wanted, issue: await issueFor(ports, { repository, where, wanted }) }, record);
  } catch (thrown) {
    if (!(thrown instanceof Failure) || thrown.refusal === undefined || (thrown.code !== 'GITHUB_REFUSED' && thrown.code !== 'NOT_FOUND')) throw thrown;
    await refuse(ports, repository, { key: wanted.key, record, about: thrown.refusal.cause, why: `${thrown.message} ${thrown.refusal.next}` });
  }
}

/** What is written under a blocked log could not be recorded. */
async function refuseBlocked({ store }: DigestPorts, { account }: RepositoryRef): Promise<void> {
  const why = await store.audit.blocked(account.id);
  if (why !== null) throw new Failure('AUDIT_BLOCKED', `Cannot write the digest for account ${account.id}: its log is blocked (${why}). Nothing was written. Run plumbline audit verify.`);
}

async function wantedDigest(ports: DigestPorts, repository: RepositoryRef): Promise<WantedDigest> {
  const { account, id } = repository;
  const digest = await readDigest(ports, repository, null);
  const key = { accountId: account.id, topic: account.kind === 'user' ? `digest:${id}` : 'digest' };
  const { title, text } = digestText(digest);
  const quiet = isQuiet(digest);
  return { key, whole: digest, isQuiet: quiet, content: digestOfValue([title, text, quiet]) };
}

/** Where anybody may read it, it names no repository that not everybody can. */
async function issueFor(ports: DigestPorts, { repository, where, wanted: { key, whole } }: { readonly repository: RepositoryRef; readonly where: RepositoryRef; readonly wanted: WantedDigest }): Promise<IssueText> {
  const visible = repository.account.kind === 'user' ? null : await ports.github.repositoriesVisibleWith(where);
  return { ...digestText(visible === null ? whole : await readDigest(ports, repository, visible)), marker: commentMarker(key.topic) };
}

async function write(ports: WritePorts, where: RepositoryRef, wanted: WantedDigest & { readonly issue: IssueText }, record: IssueRecord): Promise<void> {
  const { key, issue, content } = wanted;
  const issues = ports.github.issues(where);
  const standing = (record.number === null ? null : await issues.read(record.number)) ?? (await findUnrecorded(issues, issue.marker, record.newest));
  const state = wanted.isQuiet ? 'closed' : 'open';
  if (standing !== null && (await edit(ports, where, { issues, wanted, standing, state }))) {
    return keep(ports, where, { key, record: { number: standing.number, url: standing.url, newest: standing.number, content, isOpen: state === 'open', told: null }, outcome: state === 'open' ? 'edited' : 'closed' });
  }
  if (wanted.isQuiet) return ports.store.transaction((transaction) => transaction.saveIssueRecord(key, { ...noIssue, newest: record.newest }));
  await intend(ports, where, { key, outcome: 'open', url: null });
  const { number, url } = await issues.open(issue);
  await keep(ports, where, { key, record: { number, url, newest: number, content, isOpen: true, told: null }, outcome: 'opened' });
}

interface DigestEdit {
  readonly issues: GitHubIssues;
  readonly wanted: WantedDigest & { readonly issue: IssueText };
  readonly standing: SeenIssue;
  readonly state: 'open' | 'closed';
}

/** @returns False where it is gone by now. */
async function edit(ports: WritePorts, where: RepositoryRef, { issues, wanted: { key, issue }, standing: { number, url }, state }: DigestEdit): Promise<boolean> {
  await intend(ports, where, { key, outcome: state === 'open' ? 'edit' : 'close', url });
  return issues.edit(number, { issue, state });
}

/** What is not on record is not written, nor what another does by now. */
async function intend({ store, lease }: WritePorts, where: RepositoryRef, { key, outcome, url }: { readonly key: IssueKey; readonly outcome: 'open' | 'edit' | 'close'; readonly url: string | null }): Promise<void> {
  await store.transaction((transaction) => transaction.append(entryOf(where, { key, event: 'digest.intent', outcome, url })));
  await lease.hold();
}

/** One that was opened while its answer was lost. */
async function findUnrecorded(issues: GitHubIssues, marker: string, newest: number): Promise<SeenIssue | null> {
  const found = await issues.find(marker, newest);
  return found === null ? null : issues.read(found);
}

function keep({ store }: DigestPorts, where: RepositoryRef, { key, record, outcome }: { readonly key: IssueKey; readonly record: IssueRecord; readonly outcome: string }): Promise<void> {
  return store.transaction(async (transaction) => {
    await transaction.saveIssueRecord(key, record);
    await transaction.append(entryOf(where, { key, event: 'digest.updated', outcome, url: record.url }));
  });
}

function entryOf(where: RepositoryRef, { key, event, outcome, url }: { readonly key: IssueKey; readonly event: 'digest.intent' | 'digest.updated'; readonly outcome: string; readonly url: string | null }): AuditDraft {
  return {
    account: key.accountId,
    repository: { id: where.id, name: fullNameOf(where) },
    subject: key.topic,
    event,
    actor: 'system',
    rationale: 'what scans and remediations left to tell changed',
    outcome,
    ...(url === null ? {} : { links: [url] }),
  };
}

/** Told once for each cause. */
async function refuse({ store, log }: DigestPorts, { account }: RepositoryRef, { key, record, about, why }: { readonly key: IssueKey; readonly record: IssueRecord; readonly about: string; readonly why: string }): Promise<void> {
  if (record.told === about) return;
  log.warn('digest issue not written', { account: account.login, why: about });
  await store.transaction(async (transaction) => {
    await transaction.saveIssueRecord(key, { ...record, told: about });
    await transaction.append({ account: account.id, repository: null, subject: key.topic, event: 'digest.refused', actor: 'system', rationale: why, outcome: about });
  });
}
