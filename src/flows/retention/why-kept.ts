import type { ReadEntry } from '../../audit/read-entry.ts';
import { retentionClassOf } from '../../audit/retention-class.ts';
import { isJsonObject } from '../../domain/json-value.ts';
import { instantOf } from '../../domain/instant.ts';
import { parseJson } from '../../domain/parse-json.ts';
import { pullRequestNumber } from '../../domain/subject.ts';
import type { PullRequestRecord } from '../ports/decision-store.ts';
import type { LegalHold } from '../ports/retention-store.ts';
import type { StoreTransaction } from '../ports/store.ts';
import { confirmedHolds } from './confirmed-holds.ts';
import { loggedEntry } from './logged-entry.ts';

/** Why something of an entry is not erased, in words for whoever asked. `kind: 'record'`: it never is; `unsealed`: not before a checkpoint covers it. */
export interface KeptEntry {
  readonly sequence: number;
  readonly kind: 'held' | 'needed' | 'record' | 'unsealed';
  readonly why: string;
}

export interface JudgedEntries {
  readonly due: readonly ReadEntry[];
  readonly kept: readonly KeptEntry[];
}

/** What GitHub still tells of a change that was merged goes by its decision. */
const youngestMs = 3 * 86_400_000;

/**
 * Tells entries that may be erased from those that may not: of the record, under a hold, or still needed, since a pull request that they are about is open,
 * or what they grant still counts. Read in the transaction that erases, under `lockRetention`. What can not be read is of the record.
 * @throws Failure AUDIT_TAMPERED where the store lacks a hold that the log has, or has another one.
 */
export async function whyKept(transaction: StoreTransaction, account: number, sequences: readonly number[], now: Date): Promise<JudgedEntries> {
  const { entries: stored } = await transaction.askedEntries(account, { kind: 'sequences', sequences }, { from: 0, limit: sequences.length });
  const entries = stored.map((one) => ({ sequence: one.sequence, entry: loggedEntry(one) }));
  const holds = await confirmedHolds(transaction, account);
  const readable = entries.flatMap(({ entry }) => entry ?? []);
  const open = await openPullRequests(transaction, readable);
  const granted = await grantedUntil(transaction, account, readable);
  const [due, kept]: [ReadEntry[], KeptEntry[]] = [[], []];
  for (const { sequence, entry } of entries) {
    const reason = entry === null ? ofRecord : reasonOf(entry, { holds, open, granted, now });
    if (reason !== null) kept.push({ sequence, ...reason });
    else if (entry !== null) due.push(entry);
  }
  return { due, kept };
}

type Reason = Omit<KeptEntry, 'sequence'>;

const ofRecord: Reason = { kind: 'record', why: 'it is of the record, which stands for ever' };

interface Facts {
  readonly holds: readonly LegalHold[];
  /** By repository. */
  readonly open: ReadonlyMap<number, readonly PullRequestRecord[]>;
  /** By sequence: when what an entry grants ends, as it says. */
  readonly granted: ReadonlyMap<number, string>;
  readonly now: Date;
}

function reasonOf(entry: ReadEntry, { holds, open, granted, now }: Facts): Reason | null {
  if (retentionClassOf(entry.event) === 'record') return ofRecord;
  const hold = holds.find((one) => isHeld(entry, one));
  if (hold !== undefined) return { kind: 'held', why: `hold ${hold.id} covers it` };
  const about = (open.get(entry.repository?.id ?? 0) ?? []).find(({ facts }) => facts.number === pullRequestNumber(entry.subject) || entry.links.includes(`commit:${facts.head}`));
  if (about !== undefined) return { kind: 'needed', why: `pull request ${about.facts.number}, which it is about, is open` };
  if (entry.event === 'decision.made' && now.getTime() - Date.parse(entry.time) < youngestMs) return { kind: 'needed', why: 'the decision is younger than three days' };
  const until = granted.get(entry.sequence);
  // What can not be dated may still count.
  return until !== undefined && !((instantOf(until) ?? Number.POSITIVE_INFINITY) <= now.getTime()) ? { kind: 'needed', why: `what it grants counts until ${until.slice(0, 30)}` } : null;
}

function isHeld(entry: ReadEntry, hold: LegalHold): boolean {
  const { time } = entry;
  return (hold.repository === null || isAbout(entry, hold.repository)) && (hold.from === null || new Date(time) >= hold.from) && (hold.to === null || new Date(time) < hold.to);
}

/** What an agent used in a repository is settled as of the account, and linked with it. */
function isAbout({ repository, links }: ReadEntry, { id, name }: NonNullable<LegalHold['repository']>): boolean {
  return repository?.id === id || repository?.name.toLowerCase() === name.toLowerCase() || links.includes(`repository:${id}`);
}

async function openPullRequests(transaction: StoreTransaction, entries: readonly ReadEntry[]): Promise<ReadonlyMap<number, readonly PullRequestRecord[]>> {
  const open = new Map<number, readonly PullRequestRecord[]>();
  for (const id of new Set(entries.flatMap(({ repository }) => repository?.id ?? []))) open.set(id, await transaction.openPullRequests(id));
  return open;
}

async function grantedUntil(transaction: StoreTransaction, account: number, entries: readonly ReadEntry[]): Promise<ReadonlyMap<number, string>> {
  const granting = entries.filter(({ event }) => event === 'waiver.granted' || event === 'request.granted');
  const until = new Map<number, string>();
  for (const { sequence, openings } of granting.length === 0 ? [] : await transaction.wholeEntries(account, granting.map((one) => one.sequence))) {
    const digest = granting.find((one) => one.sequence === sequence)?.payload?.digest;
    const opening = openings.find((one) => one.digest === digest);
    if (opening !== undefined) until.set(sequence, endIn(opening.bytes));
  }
  return until;
}

/** Both kinds say when they end, under names of their own. */
function endIn(payload: Uint8Array): string {
  const value = parseJson(payload);
  const end = isJsonObject(value) ? (value['until'] ?? value['expires']) : null;
  return typeof end === 'string' ? end : 'it can not be told';
}
