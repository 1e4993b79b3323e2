import { readEntry } from '../../src/audit/read-entry.ts';
import type { ReadEntry } from '../../src/audit/read-entry.ts';
import { foldedActor, searchTermsOf } from '../../src/audit/search-terms.ts';
import { fullNameOf } from '../../src/domain/repository.ts';
import type { StoredEntry } from '../../src/flows/ports/audit-log.ts';
import type { ReadLog } from '../../src/flows/ports/read-log.ts';
import type { EntryFilter, RepositoryNamed, StoreSearch } from '../../src/flows/ports/store-search.ts';
import type { MemoryState } from './memory-state.ts';

type Alone = <Result>(work: (state: MemoryState) => Result) => Promise<Result>;

export function memorySearch(alone: Alone): StoreSearch {
  return {
    entries: (account, filter, { below, limit }) =>
      alone((state) => {
        const before = (state.logs.get(account)?.entries ?? []).filter(({ sequence }) => below === null || sequence < below);
        const found = before.filter((stored) => isAsked(stored, filter)).toReversed().slice(0, limit);
        return found.map((stored) => ({ ...stored, openings: stored.openings.filter(({ digest }) => digest !== entryOf(stored).payload?.digest) }));
      }),
    entry: (account, id) => alone((state) => state.logs.get(account)?.entries.find((stored) => entryOf(stored).id === id) ?? null),
    decisions: (account, { repository, subject, head }, { below, limit }) =>
      alone((state) => {
        const placed = [...state.decisions.values()].map(({ record }, place) => ({ place: place + 1, record }));
        const asked = placed.filter(({ record }) => record.repository.account.id === account && isNamed(repository, { id: record.repository.id, name: fullNameOf(record.repository) }) && (subject === null || record.subject === subject) && (head === null || record.decision.head === head));
        return asked.filter(({ place }) => below === null || place < below).toReversed().slice(0, limit);
      }),
    decision: (account, id) =>
      alone((state) => {
        const record = state.decisions.get(id)?.record;
        return record?.repository.account.id === account ? record : null;
      }),
  };
}

export function memoryReads(alone: Alone): ReadLog {
  return {
    record: (read) =>
      alone((state) => {
        const key = JSON.stringify([read.account, read.token, read.query, Math.floor(read.at.getTime() / 3_600_000)]);
        if (!state.reads.has(key)) state.reads.set(key, { ...read, place: state.reads.size + 1 });
      }),
    reads: (account, subject, { below, limit }) =>
      alone((state) => {
        const asked = [...state.reads.values()].filter((read) => read.account === account && (subject === null || read.subject === subject));
        return asked.filter(({ place }) => below === null || place < below).toReversed().slice(0, limit);
      }),
  };
}

function isAsked(stored: StoredEntry, { repository, event, actor, tier, outcome, from, to }: EntryFilter): boolean {
  const entry = entryOf(stored);
  const terms = searchTermsOf(entry, stored.openings);
  const at = new Date(entry.time);
  return (
    isNamed(repository, terms.repository) &&
    (event === null || terms.event === event) &&
    (actor === null || terms.actors.includes(foldedActor(actor))) &&
    (tier === null || terms.tier === tier) &&
    (outcome === null || terms.outcome === outcome) &&
    (from === null || at >= from) &&
    (to === null || at < to)
  );
}

function isNamed(asked: RepositoryNamed | null, found: { readonly id: number; readonly name: string } | null): boolean {
  if (asked === null) return true;
  return found !== null && (asked.kind === 'id' ? found.id === asked.id : found.name.toLowerCase() === asked.name.toLowerCase());
}

function entryOf({ leaf }: StoredEntry): ReadEntry {
  const reading = readEntry(new TextDecoder().decode(leaf));
  if (reading.kind !== 'entry') throw new Error('a leaf in memory is an entry');
  return reading.entry;
}
