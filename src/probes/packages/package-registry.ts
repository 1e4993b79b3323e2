import { BrokenCircuitError, bulkhead, BulkheadRejectedError, circuitBreaker, ConsecutiveBreaker, handleWhenResult, wrap } from 'cockatiel';
import { answerAboutVersion } from '../../domain/dependency/answer-about-version.ts';
import type { Ecosystem } from '../../domain/dependency/dependency-file.ts';
import type { PackageRecord } from '../../domain/dependency/package-record.ts';
import type { Answer } from '../../domain/probe-answer.ts';
import type { RequestOf } from '../../domain/probe-request.ts';
import type { Clock } from '../../flows/ports/clock.ts';
import type { GuardedConnection } from '../behavior-sources/guarded-request.ts';
import { askOver } from './ask-index.ts';
import { askNpm } from './ask-npm.ts';
import { askPypi } from './ask-pypi.ts';
import type { IndexAnswer } from './index-answer.ts';
import { isOfIndex } from './package-index.ts';
import type { PackageIndexes } from './package-index.ts';
import { isPackageName } from './package-name.ts';
import { createRecordCache } from './record-cache.ts';

type Wanted = RequestOf<'package'>;

/** Tells whether packages exist. A live one asks registries; a recorded one answers from what was asked before. */
export interface PackageRegistry {
  /** Whatever a registry does is an answer. */
  ask(wanted: Wanted): Promise<Answer<'package'>>;
}

export interface RegistryOptions {
  readonly indexes: PackageIndexes;
  readonly clock: Clock;
  /** Whether a registry of this very machine may be asked, by plain http: for trials and tests. */
  readonly allowsLoopback: boolean;
  readonly connection?: Pick<GuardedConnection, 'resolve' | 'timeoutMs' | 'certificateAuthority'>;
}

/** Requests to one registry at once, and waiting. */
const [atOnce, waiting] = [8, 2_000];
/** Troubles in a row after which a registry is left alone, and for how long. */
const [mostTroubles, openMs] = [5, 20_000];

/** Asks the registries that whoever runs Plumbline set, and nobody else. Who asks at once for one name shares the answer. */
export function createPackageRegistry({ indexes, clock, allowsLoopback, connection }: RegistryOptions): PackageRegistry {
  const cache = createRecordCache(clock);
  const askers = { npm: askerOf('npm'), pypi: askerOf('pypi') };
  function askerOf(ecosystem: Ecosystem): (name: string, wanted: string | null) => Promise<IndexAnswer> {
    const index = indexes[ecosystem];
    if (index === null) return async () => await Promise.resolve({ kind: 'trouble', why: `no registry of ${ecosystem} is set, expected one` });
    const ask = askOver({ ...connection, rules: { hosts: [URL.parse(index.url)?.host ?? ''], allowsLoopback } });
    const guard = wrap(bulkhead(atOnce, waiting), circuitBreaker(handleWhenResult(isTrouble), { halfOpenAfter: openMs, breaker: new ConsecutiveBreaker(mostTroubles) }));
    return async (name, wanted) => await guarded(async () => await guard.execute(async () => (ecosystem === 'npm' ? await askNpm(ask, index.url, name, wanted) : await askPypi(ask, index.url, name))));
  }
  return {
    async ask({ ecosystem, name, version, indexes: named }) {
      const own = indexes[ecosystem];
      if (named.some((address) => own === null || !isOfIndex(address, own))) return { kind: 'answered', value: { kind: 'unasked', why: 'it comes from another registry than the one that is set' } };
      if (!isPackageName(ecosystem, name)) return { kind: 'answered', value: { kind: 'missing', what: 'package' } };
      const known = await cache.find({ ecosystem, name, suffices: (record) => suffices(record, ecosystem, version) }, async () => await askers[ecosystem](name, version));
      return known.kind === 'record' ? { kind: 'answered', value: answerAboutVersion(known.record, ecosystem, version) } : { kind: 'unavailable', why: known.why };
    },
  };
}

/** A version that is not among those that are known may have come since. */
function suffices(record: PackageRecord, ecosystem: Ecosystem, version: string | null): boolean {
  return answerAboutVersion(record, ecosystem, version).kind !== 'missing';
}

async function guarded(ask: () => Promise<IndexAnswer>): Promise<IndexAnswer> {
  try {
    return await ask();
  } catch (thrown) {
    if (thrown instanceof BrokenCircuitError) return { kind: 'trouble', why: `the registry gave no usable answer ${mostTroubles} times in a row, and is left alone for ${openMs / 1_000} s` };
    if (thrown instanceof BulkheadRejectedError) return { kind: 'trouble', why: 'too many wait for the registry' };
    throw thrown;
  }
}

function isTrouble(result: unknown): boolean {
  return typeof result === 'object' && result !== null && 'kind' in result && result.kind === 'trouble';
}
