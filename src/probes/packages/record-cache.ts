import type { Ecosystem } from '../../domain/dependency/dependency-file.ts';
import type { PackageRecord } from '../../domain/dependency/package-record.ts';
import type { Clock } from '../../flows/ports/clock.ts';
import type { IndexAnswer } from './index-answer.ts';

export interface RecordToFind {
  readonly ecosystem: Ecosystem;
  readonly name: string;
  /** Whether a record that is older than a moment still answers what is asked. */
  readonly suffices: (record: PackageRecord) => boolean;
}

export interface RecordCache {
  /** What is known already, and answers what is asked; null: a request has to. */
  known(wanted: RecordToFind): PackageRecord | null;
  /** From what is known, else from one request that all who ask at once share. Trouble is not kept. */
  find(wanted: RecordToFind, ask: () => Promise<IndexAnswer>): Promise<IndexAnswer>;
}

/** How long what exists is taken for existing, and how long any record answers whatever is asked. A name that is missing may be published at any time. */
const [lifeMs, momentMs] = [60 * 60_000, 60_000];

/** Records, and versions in them together, that are kept: the newest. */
const [mostRecords, mostVersions] = [5_000, 1_000_000];

interface KeptRecord {
  readonly record: PackageRecord;
  readonly at: number;
}

/** In memory alone: what a registry says is old soon. */
export function createRecordCache(clock: Clock): RecordCache {
  const kept = new Map<string, KeptRecord>();
  const underway = new Map<string, Promise<IndexAnswer>>();
  let versions = 0;
  const drop = (key: string): void => {
    versions -= sizeOf(kept.get(key)?.record);
    kept.delete(key);
  };
  const keep = (key: string, record: PackageRecord): void => {
    drop(key);
    kept.set(key, { record, at: clock.now().getTime() });
    versions += sizeOf(record);
    for (const oldest of kept.keys()) {
      if (kept.size <= mostRecords && versions <= mostVersions) break;
      drop(oldest);
    }
  };
  const isFresh = ({ record, at }: KeptRecord, suffices: RecordToFind['suffices']): boolean => {
    const age = clock.now().getTime() - at;
    return age < momentMs || (age < lifeMs && record.kind === 'published' && suffices(record));
  };
  const known = ({ ecosystem, name, suffices }: RecordToFind): PackageRecord | null => {
    const found = kept.get(keyOf(ecosystem, name));
    return found !== undefined && isFresh(found, suffices) ? found.record : null;
  };
  return {
    known,
    async find(wanted, ask) {
      const found = known(wanted);
      if (found !== null) return { kind: 'record', record: found };
      const key = keyOf(wanted.ecosystem, wanted.name);
      const shared = underway.get(key);
      const asking = shared ?? ask().finally(() => underway.delete(key));
      underway.set(key, asking);
      const told = await asking;
      // One outage is told once, however many share it.
      if (shared !== undefined && told.kind === 'trouble') return { kind: 'trouble', why: told.why };
      const answer = shared !== undefined && told.kind === 'record' && !isWhole(told.record) ? await ask() : told;
      if (answer.kind === 'record' && isWhole(answer.record)) keep(key, answer.record);
      return answer;
    },
  };
}

function keyOf(ecosystem: Ecosystem, name: string): string {
  return `${ecosystem}:${name}`;
}

/** What the registry told of one version alone answers no other question. */
function isWhole(record: PackageRecord): boolean {
  return record.kind !== 'published' || record.isWhole;
}

function sizeOf(record: PackageRecord | undefined): number {
  return record?.kind === 'published' ? record.versions.size : 1;
}
