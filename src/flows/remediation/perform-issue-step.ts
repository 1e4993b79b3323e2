import type { Digest } from '../../domain/digest.ts';
import type { IssueRecord } from '../../domain/issue/issue-record.ts';
import type { JsonObject } from '../../domain/json-value.ts';
import type { IssueStep } from '../../domain/remediation/issue-step.ts';
import type { RemediationEvent } from '../../domain/remediation/remediation-event.ts';
import type { Reason } from '../../domain/remediation/step.ts';
import { fullNameOf } from '../../domain/repository.ts';
import type { IssueChange } from '../../domain/issue/seen-issue.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { IssueRun } from './issue-run.ts';
import { write } from './remediation-run.ts';

interface IssueToChange {
  readonly record: IssueRecord;
  readonly step: Exclude<IssueStep, { readonly kind: 'nothing' }>;
  /** What it is written for. */
  readonly content: Digest | null;
}

/** Performs one step: the intent first, then the write under the lease, then the record. @returns Whether nothing is left to do. */
export async function performIssueStep(run: IssueRun, { record, step, content }: IssueToChange): Promise<boolean> {
  switch (step.kind) {
    case 'open':
      return openIssue(run, record, content);
    case 'edit':
      return change(run, record, { kept: { ...record, content, told: null }, wanted: { issue: run.wanted, state: null }, event: 'remediation.updated', reason: 'content_changed' });
    case 'reopen':
      return change(run, record, { kept: { ...record, content, isOpen: true, told: null }, wanted: { issue: run.wanted, state: 'open' }, event: 'remediation.updated', reason: 'drift_back' });
    case 'close': {
      const { note, number } = step;
      const [event, reason] = closingWords[note.why];
      const say = () => write(run, () => run.issues.say(number, run.ports.texts.issueNote(note)));
      return change(run, record, { kept: { ...record, isOpen: false, told: null }, wanted: { issue: null, state: 'closed' }, event, reason, say });
    }
    case 'suppress':
      await run.ports.store.transaction(async (transaction) => {
        await transaction.suppress(run.key, { number: step.number, until: step.until });
        await appendIssueEntry(transaction, run, { event: 'remediation.suppressed', reason: step.reason, url: record.url, detail: { until: step.until } });
      });
      return true;
    case 'alert':
      await sayOfIssue(run, record, { about: 'flapping', rationale: 'flapping' });
      return true;
  }
}

const closingWords = { clean: ['remediation.closed', 'drift_gone'], gone: ['remediation.closed', 'behavior_gone'], other: ['remediation.superseded', 'drift_changed'] } as const;

/** One that was opened and not recorded is adopted, and read next: what it says and whether it is open is not known. */
async function openIssue(run: IssueRun, record: IssueRecord, content: Digest | null): Promise<boolean> {
  const { wanted } = run;
  if (wanted === null) return true;
  await intend(run, 'drift_confirmed', record.url);
  const found = await run.issues.find(wanted.marker, record.newest);
  if (found !== null) {
    await settle(run, { ...record, number: found, newest: found, content: null, url: null }, { event: 'remediation.adopted', reason: 'recovered', url: null, detail: { issue: found } });
    return false;
  }
  const { number, url } = await write(run, () => run.issues.open(wanted));
  await settle(run, { number, url, newest: number, content, isOpen: true, told: null }, { event: 'remediation.created', reason: 'drift_confirmed', url });
  return true;
}

interface Change {
  /** The record once it is done. */
  readonly kept: IssueRecord;
  readonly wanted: IssueChange;
  readonly event: RemediationEvent;
  readonly reason: Reason;
  /** With the intent. */
  readonly before?: (transaction: StoreTransaction) => Promise<void>;
  /** What is said below it first. */
  readonly say?: () => Promise<void>;
}

async function change(run: IssueRun, { number, url }: IssueRecord, { kept, wanted, event, reason, before, say }: Change): Promise<boolean> {
  if (number === null) return true;
  await intend(run, reason, url, before);
  await say?.();
  // One that is gone by now is read again.
  if (!(await write(run, () => run.issues.edit(number, wanted)))) return false;
  await settle(run, kept, { event, reason, url });
  return true;
}

/** Tells in the log what stands in the way, when that is news. */
export async function sayOfIssue(run: IssueRun, record: IssueRecord, { about, rationale, detail }: { readonly about: string; readonly rationale: string; readonly detail?: JsonObject }): Promise<void> {
  if (record.told === about) return;
  await settle(run, { ...record, told: about }, { event: 'remediation.error', reason: about === 'flapping' ? 'flapping' : 'refused', url: record.url, rationale, ...(detail === undefined ? {} : { detail }) });
  run.ports.log.warn('the issue about a drift needs a person', { behavior: run.record.behavior, repository: fullNameOf(run.record.repository), why: about });
}

interface IssueEntry {
  readonly event: RemediationEvent;
  readonly reason: Reason | 'refused';
  readonly url: string | null;
  readonly rationale?: string;
  readonly detail?: JsonObject;
}

function intend(run: IssueRun, reason: Reason, url: string | null, before: Change['before'] = async () => {}): Promise<void> {
  return run.ports.store.transaction(async (transaction) => {
    await appendIssueEntry(transaction, run, { event: 'remediation.intent', reason, url });
    await before(transaction);
  });
}

function settle(run: IssueRun, record: IssueRecord, entry: IssueEntry): Promise<void> {
  return run.ports.store.transaction(async (transaction) => {
    await run.keep(transaction, record);
    await appendIssueEntry(transaction, run, entry);
  });
}

async function appendIssueEntry(transaction: StoreTransaction, { record: { repository, fingerprint, behavior } }: IssueRun, { event, reason, url, rationale, detail }: IssueEntry): Promise<void> {
  await transaction.append({
    account: repository.account.id,
    repository: { id: repository.id, name: fullNameOf(repository) },
    subject: `remediation:${fingerprint}`,
    event,
    actor: 'system',
    rationale: rationale ?? reason,
    outcome: reason,
    payload: { behavior, row: null, step: 'issue', reason, pullRequest: null, issue: url, ...detail },
    ...(url === null ? {} : { links: [url] }),
  });
}
