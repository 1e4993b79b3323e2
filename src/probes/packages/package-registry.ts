import { answerAboutVersion } from '../../domain/dependency/answer-about-version.ts';
import type { Ecosystem } from '../../domain/dependency/dependency-file.ts';
import type { PackageRecord } from '../../domain/dependency/package-record.ts';
import type { Answer } from '../../domain/probe-answer.ts';
import type { RequestOf } from '../../domain/probe-request.ts';
import type { Clock } from '../../flows/ports/clock.ts';
import type { Answers } from '../answers.ts';
import type { GuardedConnection } from '../behavior-sources/guarded-request.ts';
import { createOutsideService } from '../behavior-sources/outside-service.ts';
import type { AskInRound, OutsideService } from '../behavior-sources/outside-service.ts';
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
  /** What one change asks. Whatever a registry does is an answer; what comes too late is asked with the next attempt. */
  askAll(wanted: readonly Wanted[]): Promise<Answers<'package'>>;
}

export interface RegistryOptions {
  readonly indexes: PackageIndexes;
  readonly clock: Clock;
  /** Whether a registry of this very machine may be asked, by plain http: for trials and tests. */
  readonly allowsLoopback: boolean;
  readonly connection?: Pick<GuardedConnection, 'resolve' | 'timeoutMs' | 'certificateAuthority'>;
  /** Milliseconds for all that one change asks of one registry. */
  readonly roundMs?: number;
}

/** Requests to one registry at once. */
const atOnce = 8;
const defaultRoundMs = 60_000;

/** A registry that is set. */
interface Index {
  readonly service: OutsideService;
  readonly ask: (name: string, wanted: string | null) => Promise<IndexAnswer>;
}

/** Asks the registries that whoever runs Plumbline set, and nobody else. Who asks at once for one name shares the answer. */
export function createPackageRegistry({ indexes, clock, allowsLoopback, connection, roundMs = defaultRoundMs }: RegistryOptions): PackageRegistry {
  const cache = createRecordCache(clock);
  const known = { npm: indexOf('npm'), pypi: indexOf('pypi') };
  return {
    async askAll(wanted) {
      const rounds = [...Map.groupBy(wanted, ({ ecosystem }) => ecosystem)].map(async ([ecosystem, requests]) => await inRound(known[ecosystem], requests));
      return (await Promise.all(rounds)).flat();
    },
  };

  function indexOf(ecosystem: Ecosystem): Index | null {
    const index = indexes[ecosystem];
    if (index === null) return null;
    const ask = askOver({ ...connection, rules: { hosts: [URL.parse(index.url)?.host ?? ''], allowsLoopback } });
    return {
      service: createOutsideService({ name: 'the registry', atOnce, roundMs }),
      ask: async (name, wanted) => (ecosystem === 'npm' ? await askNpm(ask, index.url, name, wanted) : await askPypi(ask, index.url, name)),
    };
  }

  async function inRound(index: Index | null, wanted: readonly Wanted[]): Promise<Answers<'package'>> {
    const answers = async (find: Find) => await Promise.all(wanted.map(async (request) => [request, await answerTo(request, find)] as const));
    if (index === null) return await answers(async ({ ecosystem }) => await Promise.resolve({ kind: 'trouble', why: `no registry of ${ecosystem} is set, expected one` }));
    return await index.service.round(async (ask) => await answers(async (request) => await recordFor(request, index, ask)));
  }

  async function recordFor({ ecosystem, name, version }: Wanted, index: Index, ask: AskInRound): Promise<IndexAnswer> {
    const wanted = { ecosystem, name, suffices: (record: PackageRecord) => suffices(record, ecosystem, version) };
    const record = cache.known(wanted);
    return record === null ? await ask(async () => await cache.find(wanted, async () => await index.ask(name, version))) : { kind: 'record', record };
  }

  async function answerTo(request: Wanted, find: Find): Promise<Answer<'package'>> {
    const { ecosystem, name, version, indexes: named } = request;
    const own = indexes[ecosystem];
    if (named.some((address) => own === null || !isOfIndex(address, own))) return { kind: 'answered', value: { kind: 'unasked', why: 'it comes from another registry than the one that is set' } };
    if (!isPackageName(ecosystem, name)) return { kind: 'answered', value: { kind: 'missing', what: 'package' } };
    const found = await find(request);
    return found.kind === 'record' ? { kind: 'answered', value: answerAboutVersion(found.record, ecosystem, version) } : { kind: 'unavailable', why: found.why };
  }
}

type Find = (request: Wanted) => Promise<IndexAnswer>;

/** A version that is not among those that are known may have come since. */
function suffices(record: PackageRecord, ecosystem: Ecosystem, version: string | null): boolean {
  return answerAboutVersion(record, ecosystem, version).kind !== 'missing';
}
