import { erasureEvents } from '../../src/audit/erasure-events.ts';
import { readEntry } from '../../src/audit/read-entry.ts';
import { searchTermsOf } from '../../src/audit/search-terms.ts';
import { inputOfLinks } from '../../src/audit/snapshot-link.ts';
import { withoutDetails } from '../../src/domain/without-details.ts';
import type { StoredEntry } from '../../src/flows/ports/audit-log.ts';
import type { AskedEntries, JudgedEntry, RetentionStore } from '../../src/flows/ports/retention-store.ts';
import { dropBundles } from './memory-bundles.ts';
import type { MemoryState } from './memory-state.ts';

/** What stands beside the logs, and may be erased. */
export function retention(state: MemoryState): RetentionStore {
  const entriesOf = (account: number): readonly StoredEntry[] => state.logs.get(account)?.entries ?? [];
  const judgedIn = (account: number, stored: StoredEntry): readonly JudgedEntry[] => {
    const input = inputOfLinks(entryOf(stored).links);
    return input?.kind === 'kept' && !state.unjudged.has(`${account}:${stored.sequence}`) ? [{ sequence: stored.sequence, digest: input.digest }] : [];
  };
  return {
    lockRetention: async () => {},
    async askedEntries(account, asked, { from, limit }) {
      const found = entriesOf(account).filter((stored) => stored.sequence >= from && isAsked(stored, asked));
      return { entries: found.slice(0, limit).map(withoutPayload), next: found[limit]?.sequence ?? null };
    },
    wholeEntries: async (account, sequences) => entriesOf(account).filter(({ sequence }) => sequences.includes(sequence)),
    async eraseOpenings(account, sequences) {
      dropBundles(state, account);
      const log = state.logs.get(account);
      if (log !== undefined) state.logs.set(account, { ...log, entries: log.entries.map((stored) => (sequences.includes(stored.sequence) ? { ...stored, openings: [] } : stored)) });
    },
    async eraseDecisions(account, ids) {
      for (const id of ids) {
        const kept = state.decisions.get(id);
        if (kept?.record.repository.account.id === account) state.decisions.set(id, { ...kept, record: { ...kept.record, decision: withoutDetails(kept.record.decision) } });
      }
    },
    async eraseReasons(repositoryId, sources) {
      for (const [key, vote] of state.votes) if (vote.repositoryId === repositoryId && sources.includes(vote.source)) state.votes.set(key, { ...vote, reason: null });
    },
    async eraseTitle(repositoryId, number) {
      const key = `${repositoryId}:${number}`;
      const record = state.pullRequests.get(key);
      if (record !== undefined && record.facts.state !== 'open') state.pullRequests.set(key, { ...record, facts: { ...record.facts, title: '' } });
    },
    judgedEntries: async (account, { from, before, limit }) => entriesOf(account).filter((stored) => stored.sequence >= from && (before === null || new Date(entryOf(stored).time) < before)).flatMap((stored) => judgedIn(account, stored)).slice(0, limit),
    judgedAt: async (account, sequences) => entriesOf(account).filter(({ sequence }) => sequences.includes(sequence)).flatMap((stored) => judgedIn(account, stored)),
    keptInputs: async (account, digests) => digests.flatMap((digest) => state.snapshots.get(`${account}:${digest}`) ?? []),
    async eraseInputs(account, sequences, parts) {
      dropBundles(state, account);
      for (const digest of parts) state.snapshots.delete(`${account}:${digest}`);
      for (const sequence of sequences) state.unjudged.add(`${account}:${sequence}`);
    },
    hasErasedSince: async (account, sequence) => entriesOf(account).some((stored) => stored.sequence >= sequence && erasureEvents.some((event) => event === entryOf(stored).event)),
    holdEntries: async (account) => entriesOf(account).filter((stored) => ['retention.held', 'retention.released'].includes(entryOf(stored).event)),
    holds: async (account) => [...state.holds.values()].filter((one) => one.account === account).map(({ hold }) => hold).toSorted((a, b) => a.id - b.id),
    async keepHold(account, hold) {
      state.holds.set(`${account}:${hold.id}`, { account, hold });
    },
    async dropHold(account, id) {
      state.holds.delete(`${account}:${id}`);
    },
  };
}

function isAsked(stored: StoredEntry, asked: AskedEntries): boolean {
  const entry = entryOf(stored);
  const opened = stored.openings.map(({ bytes }) => new TextDecoder().decode(bytes));
  switch (asked.kind) {
    case 'events':
      return asked.events.includes(entry.event) && new Date(entry.time) < asked.before && opened.length > 0;
    case 'actor':
      return searchTermsOf(entry, stored.openings).actors.includes(asked.actor.toLowerCase());
    case 'naming':
      return opened.some((text) => text.replaceAll(/\\(?:u[0-9a-f]{4}|.)/g, ' ').toLowerCase().split(/[^a-z0-9-]/).includes(asked.login.toLowerCase()));
    case 'sequences':
      return asked.sequences.includes(stored.sequence);
  }
}

function withoutPayload(stored: StoredEntry): StoredEntry {
  return { ...stored, openings: stored.openings.filter(({ digest }) => digest !== entryOf(stored).payload?.digest) };
}

function entryOf({ leaf }: StoredEntry) {
  const reading = readEntry(new TextDecoder().decode(leaf));
  if (reading.kind !== 'entry') throw new Error('a leaf in memory is an entry');
  return reading.entry;
}
