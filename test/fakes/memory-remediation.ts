import { distinctBehaviors } from '../../src/domain/remediation/distinct-behaviors.ts';
import { isAtRest } from '../../src/domain/remediation/is-at-rest.ts';
import { Failure } from '../../src/domain/failure.ts';
import type { KeptIntent, LastSaid, RemediationKey, RemediationPullRecord, RemediationRecord, Suppression } from '../../src/domain/remediation/remediation-record.ts';
import type { PendingCommit } from '../../src/domain/remediation/remediation-state.ts';
import { unrecordedPull } from '../../src/domain/remediation/unrecorded-pull.ts';
import type { RemediationStore } from '../../src/flows/ports/remediation-store.ts';
import type { MemoryState } from './memory-state.ts';

/** What is kept of one remediation. `record: null`: it was not begun. Replaced, never changed. */
export interface RemediationRows {
  readonly record: RemediationRecord | null;
  readonly said: LastSaid | null;
  readonly steps: number;
  readonly unsuppressedAt: string | null;
  readonly intents: readonly KeptIntent[];
  readonly pending: readonly PendingCommit[];
  readonly pulls: readonly RemediationPullRecord[];
  readonly suppressions: readonly Suppression[];
  /** What it reserved last: `stands` until a look found it at rest. */
  readonly reserved: { readonly paths: readonly string[]; readonly at: number; readonly stands: boolean } | null;
}

const none: RemediationRows = { record: null, said: null, steps: 0, unsuppressedAt: null, intents: [], pending: [], pulls: [], suppressions: [], reserved: null };

export function remediations(state: MemoryState): RemediationStore {
  const nameOf = ({ repositoryId, fingerprint }: RemediationKey): string => `${repositoryId}:${fingerprint}`;
  const of = (key: RemediationKey): RemediationRows => state.remediations.get(nameOf(key)) ?? none;
  const change = (key: RemediationKey, changes: Partial<RemediationRows>): void => void state.remediations.set(nameOf(key), { ...of(key), ...changes });
  const within = (repositoryId: number): readonly RemediationRows[] => [...state.remediations.values()].filter(({ record }) => record?.repository.id === repositoryId);
  const newestIn = (repositoryId: number): number => Math.max(0, ...within(repositoryId).map(({ reserved }) => reserved?.at ?? 0));
  const reservedBesides = (repositoryId: number, behavior: string): readonly NonNullable<RemediationRows['reserved']>[] => within(repositoryId).flatMap(({ record, reserved }) => (record?.behavior === behavior || reserved === null ? [] : [reserved]));
  return {
    async beginRemediation(record) {
      const key = { repositoryId: record.repository.id, fingerprint: record.fingerprint };
      if (of(key).record === null) change(key, { record });
    },
    restlessBehaviors: async (repositoryIds) => distinctBehaviors([...state.remediations.values()].flatMap(({ record, said }) => (record !== null && repositoryIds.includes(record.repository.id) && !isAtRest({ said }) ? [record] : []))),
    remediationsOf: async (repositoryId, behavior) => [...state.remediations.values()].flatMap(({ record, said }) => (record !== null && record.repository.id === repositoryId && record.behavior === behavior ? [{ ...record, said }] : [])),
    stepsOf: async (key) => of(key).steps,
    async countStep(key) {
      if (of(key).record !== null) change(key, { steps: of(key).steps + 1, said: null });
    },
    async sayOfRemediation(key, said, steps) {
      const known = of(key);
      if (known.record === null || known.steps !== steps || JSON.stringify(known.said) === JSON.stringify(said)) return false;
      change(key, { said });
      return true;
    },
    async reservePaths(key, { paths, newly, since }) {
      const others = reservedBesides(key.repositoryId, of(key).record?.behavior ?? '').filter(({ at, stands }) => stands || at > since);
      if (others.some((one) => one.paths.some((path) => newly.includes(path)))) return false;
      if (of(key).record !== null) change(key, { reserved: { paths, at: newestIn(key.repositoryId) + 1, stands: true } });
      return true;
    },
    reservationsOfOthers: async (repositoryId, behavior) => ({ newest: newestIn(repositoryId), paths: reservedBesides(repositoryId, behavior).filter(({ stands }) => stands).flatMap(({ paths }) => paths) }),
    async endReservation(key, steps) {
      const { reserved, steps: counted } = of(key);
      if (reserved !== null && counted === steps) change(key, { reserved: { ...reserved, stands: false } });
    },
    async intend(key, intent) {
      if (of(key).intents.every(({ generation }) => generation !== intent.generation)) change(key, { intents: [...of(key).intents, intent] });
    },
    async setIntentHead(key, intent) {
      const known = of(key).intents.find(({ generation }) => generation === intent.generation);
      if (known === undefined) throw new Failure('STORE_INCONSISTENT', 'no such intent');
      if (known.head !== null) return { ...known, head: known.head };
      change(key, { intents: of(key).intents.map((one) => (one === known ? intent : one)) });
      return intent;
    },
    intents: async (key) => of(key).intents.toSorted((a, b) => a.generation - b.generation),
    async writeAhead(key, commit) {
      if (of(key).pending.every(({ head }) => head !== commit.head)) change(key, { pending: [...of(key).pending, commit] });
    },
    pendingCommits: async (key) => of(key).pending.toSorted((a, b) => (a.head < b.head ? -1 : 1)),
    async keepPlannedPaths(repositoryId, { plan, paths }) {
      const name = `${repositoryId}:${plan}`;
      if (!state.plans.has(name)) state.plans.set(name, paths);
    },
    plannedPaths: async (repositoryId, plan) => state.plans.get(`${repositoryId}:${plan}`) ?? null,
    async recordRemediationPull(key, number, changes) {
      const known = of(key).pulls.find((one) => one.number === number) ?? unrecordedPull(number);
      change(key, { pulls: [...of(key).pulls.filter((one) => one.number !== number), { ...known, ...changes, number }] });
    },
    remediationOfPull: async (repositoryId, number) => [...state.remediations.values()].find(({ record, pulls }) => record?.repository.id === repositoryId && pulls.some((one) => one.number === number))?.record ?? null,
    remediationNamed: async (repositoryId, prefix) => [...state.remediations.values()].find(({ record }) => record?.repository.id === repositoryId && record.fingerprint.startsWith(prefix))?.record ?? null,
    remediationPulls: async (key) => of(key).pulls.toSorted((a, b) => a.number - b.number),
    remediationPullsSince: async (accountId, since) =>
      [...state.remediations.values()].filter(({ record }) => record?.repository.account.id === accountId).flatMap(({ pulls }) => pulls).filter(({ openedAt }) => openedAt !== null && Date.parse(openedAt) > since.getTime()).length,
    async suppress(key, suppression) {
      if (of(key).suppressions.every(({ number }) => number !== suppression.number)) change(key, { suppressions: [...of(key).suppressions, suppression] });
    },
    suppressions: async (key) => of(key).suppressions.toSorted((a, b) => a.number - b.number),
    async unsuppress(key, at) {
      if (of(key).record !== null) change(key, { unsuppressedAt: at });
    },
    unsuppressedAt: async (key) => of(key).unsuppressedAt,
  };
}
