import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CommandRecord } from '../../../src/domain/command/command-record.ts';
import type { SeenConfiguration } from '../../../src/domain/configuration/seen-configuration.ts';
import type { Arrival } from '../../../src/domain/people/arrival.ts';
import type { RecordState, Release } from '../../../src/domain/release.ts';
import type { RepositoryRef } from '../../../src/domain/repository.ts';
import type { SchemaVersion } from '../../../src/domain/schema/schema-version.ts';
import type { StoreTransaction } from '../../../src/flows/ports/store.ts';
import { aVoteRecord } from '../../builders/vote-builder.ts';
import { aRepositoryRef, describeStore, freshId } from './suite.ts';
import type { SuiteStore } from './suite.ts';

/** What the store promises about contributors, people, releases, seen configurations and the object cache. */
export function recordSuite(shared: SuiteStore): void {
  describeStore('contributors', shared, (suite) => {
    test('contributions() of a pull request are those recorded for it, in their order, each once', async () => {
      const repository = aRepositoryRef();
      const one = { repositoryId: repository.id, pullRequest: 3, commit: 'a'.repeat(40), person: { login: 'dev', id: 12 }, effect: 'mend/1' };
      const [later, elsewhere, other] = [{ ...one, commit: 'b'.repeat(40) }, { ...one, pullRequest: 4 }, { ...one, repositoryId: freshId() }];
      for (const contribution of [later, one, elsewhere, other, { ...one, person: { login: 'renamed', id: 12 } }]) await ask(suite, (transaction) => transaction.recordContribution(contribution));
      assert.deepEqual(await ask(suite, (transaction) => transaction.contributions(repository.id, 3)), [later, one]);
      assert.deepEqual(await ask(suite, (transaction) => transaction.contributions(repository.id, 5)), []);
    });
  });

  describeStore('people', shared, (suite) => {
    test('arrivals() of a pull request are those recorded for it, each once, however strange its texts are', async () => {
      const repository = aRepositoryRef();
      const one = anArrival({ repositoryId: repository.id });
      const [again, odd, elsewhere, other] = [{ ...one, at: '2026-11-21T12:00:00Z' }, { ...one, head: `\u0000${'é'.repeat(300)}` }, { ...one, pullRequest: 4 }, { ...one, repositoryId: freshId() }];
      for (const arrival of [one, odd, again, elsewhere, other, { ...one, person: { ...one.person, login: 'renamed' } }]) await ask(suite, (transaction) => transaction.recordArrival(arrival));
      assert.deepEqual(new Set(await ask(suite, (transaction) => transaction.arrivals(repository.id, 3))), new Set([one, odd, again]));
      assert.deepEqual(await ask(suite, (transaction) => transaction.arrivals(repository.id, 5)), []);
    });

    test('voteRecords() of a pull request are those recorded for it, and a source that speaks twice keeps its first word', async () => {
      const repository = aRepositoryRef();
      const one = aVoteRecord({ repositoryId: repository.id, reason: 'looks right \u0000\ud800' });
      const [later, elsewhere, other] = [{ ...one, source: 'comment:2', says: 'withdraw' as const }, { ...one, source: 'comment:3', pullRequest: 4 }, { ...one, repositoryId: freshId() }];
      const isFirst: boolean[] = [];
      for (const vote of [later, one, elsewhere, other, { ...one, says: 'reject' as const }]) isFirst.push(await ask(suite, (transaction) => transaction.recordVote(vote)));
      assert.deepEqual(isFirst, [true, true, true, true, false]);
      assert.deepEqual(new Set(await ask(suite, (transaction) => transaction.voteRecords(repository.id, 3))), new Set([one, later]));
      assert.deepEqual(await ask(suite, (transaction) => transaction.voteRecords(repository.id, 5)), []);
    });
  });

  describeStore('commands', shared, (suite) => {
    test('recordCommand() keeps one command of a comment, and tells the second time that it had it', async () => {
      const repository = aRepositoryRef();
      const one = { repositoryId: repository.id, pullRequest: 3, comment: 41, word: 'recheck', isDone: true, at: '2026-11-20T12:00:00.000Z' } as const;
      const keep = (command: CommandRecord) => ask(suite, (transaction) => transaction.recordCommand(command));
      assert.deepEqual([await keep(one), await keep({ ...one, word: 'status' }), await keep({ ...one, repositoryId: freshId() })], [true, false, true]);
      assert.deepEqual(await Promise.all([41, 42].map((comment) => ask(suite, (transaction) => transaction.hasCommand(repository.id, comment)))), [true, false]);
    });

    test('commandsSince() counts what was done for this pull request after the instant, and no refusal', async () => {
      const repository = aRepositoryRef();
      const one = { repositoryId: repository.id, pullRequest: 3, comment: 1, word: 'recheck', isDone: true, at: '2026-11-20T12:00:00.000Z' } as const;
      for (const [index, changes] of [{}, { at: '2026-11-20T11:00:00.000Z' }, { isDone: false }, { word: 'status' as const }, { pullRequest: 4 }, {}].entries()) await ask(suite, (transaction) => transaction.recordCommand({ ...one, comment: index + 1, ...changes }));
      assert.equal(await ask(suite, (transaction) => transaction.commandsSince(repository.id, 3, 'recheck', new Date('2026-11-20T11:00:00Z'))), 2);
    });

    test('lastCommand() gives the time of the newest that was done in the repository, whatever its pull request', async () => {
      const repository = aRepositoryRef();
      const one = { repositoryId: repository.id, pullRequest: 3, comment: 1, word: 'drift', isDone: true, at: '2026-11-20T12:00:00.000Z' } as const;
      for (const [index, changes] of [{}, { pullRequest: 4, at: '2026-11-20T12:05:00.000Z' }, { at: '2026-11-20T12:10:00.000Z', isDone: false }, { at: '2026-11-20T12:10:00.000Z', word: 'status' as const }].entries()) await ask(suite, (transaction) => transaction.recordCommand({ ...one, comment: index + 1, ...changes }));
      assert.deepEqual(await ask(suite, (transaction) => transaction.lastCommand(repository.id, 'drift')), new Date('2026-11-20T12:05:00.000Z'));
      assert.equal(await ask(suite, (transaction) => transaction.lastCommand(freshId(), 'drift')), null);
    });
  });

  describeStore('the release record', shared, (suite) => {
    test('releases are found by id, by path and all together, in the order of their recording', async () => {
      const repository = aRepositoryRef();
      const [first, second, third] = [aRelease({ version: '2.0.0' }), aRelease({ version: '1.0.0' }), aRelease({ contractId: 'billing', path: 'b.yaml' })];
      await record(suite, repository, [first, second, third]);
      assert.deepEqual(await ask(suite, (transaction) => transaction.releases(repository.id, ['checkout', 'none'])), [first, second]);
      assert.deepEqual(await ask(suite, (transaction) => transaction.releasesAt(repository.id, 'main', ['b.yaml'])), [third]);
      assert.deepEqual(await ask(suite, (transaction) => transaction.allReleases(repository.id, 'main')), [first, second, third]);
      assert.deepEqual(await ask(suite, (transaction) => transaction.releases(repository.id, [])), []);
    });

    test('an id and version once recorded keep their first content', async () => {
      const repository = aRepositoryRef();
      const first = aRelease();
      await record(suite, repository, [first]);
      await record(suite, repository, [aRelease({ contentHash: `sha256:${'9'.repeat(64)}` }), first]);
      assert.deepEqual(await ask(suite, (transaction) => transaction.allReleases(repository.id, 'main')), [first]);
    });

    test('one id and version stand once in each entry and repository', async () => {
      const [repository, other] = [aRepositoryRef(), aRepositoryRef()];
      const [main, release] = [aRelease(), aRelease({ entry: 'release' })];
      await record(suite, repository, [main, release]);
      await record(suite, other, [main]);
      assert.deepEqual(await ask(suite, (transaction) => transaction.allReleases(repository.id, 'release')), [release]);
      assert.deepEqual(await ask(suite, (transaction) => transaction.allReleases(other.id, 'main')), [main]);
    });

    test('releases() of an id are those of every entry of the repository, and of no other repository', async () => {
      const [repository, other] = [aRepositoryRef(), aRepositoryRef()];
      const [main, release, billing] = [aRelease(), aRelease({ entry: 'release', contentHash: `sha256:${'9'.repeat(64)}` }), aRelease({ entry: 'release', contractId: 'billing' })];
      await record(suite, repository, [release, billing, main]);
      await record(suite, other, [aRelease({ entry: 'third' })]);
      assert.deepEqual(await ask(suite, (transaction) => transaction.releases(repository.id, ['checkout', 'none', 'checkout'])), [release, main]);
    });

    test('a release is read with the furthest lifecycle that it reached, whatever the order and however often', async () => {
      const [repository, other] = [aRepositoryRef(), aRepositoryRef()];
      const [first, second, elsewhere] = [aRelease(), aRelease({ version: '2.0.0' }), aRelease({ entry: 'release' })];
      for (const one of [repository, other]) await record(suite, one, [first, second, elsewhere]);
      for (const lifecycle of ['deprecated', 'retired', 'active', 'retired']) await ask(suite, (transaction) => transaction.recordReached(repository.id, [{ entry: 'main', contractId: 'checkout', version: '1.0.0', lifecycle, commit: 'e'.repeat(40) }]));
      const retired = { ...first, lifecycle: 'retired' };
      assert.deepEqual(await ask(suite, (transaction) => transaction.allReleases(repository.id, 'main')), [retired, second]);
      assert.deepEqual(await ask(suite, (transaction) => transaction.releases(repository.id, ['checkout'])), [retired, second, elsewhere]);
      assert.deepEqual(await ask(suite, (transaction) => transaction.releasesAt(repository.id, 'main', [first.path])), [retired, second]);
      assert.deepEqual(await ask(suite, (transaction) => transaction.allReleases(repository.id, 'release')), [elsewhere]);
      assert.deepEqual(await ask(suite, (transaction) => transaction.allReleases(other.id, 'main')), [first, second]);
    });

    test('what hostile ids and versions reached is kept apart', async () => {
      const repository = aRepositoryRef();
      const hostile = ['a\u0000b', '\ud800', '\ufffd', 'x'.repeat(100_000)].map((text) => aRelease({ contractId: text, version: text }));
      await record(suite, repository, hostile);
      await ask(suite, (transaction) => transaction.recordReached(repository.id, hostile.slice(0, 2).map(({ entry, contractId, version }) => ({ entry, contractId, version, lifecycle: 'retired', commit: 'e' }))));
      assert.deepEqual((await ask(suite, (transaction) => transaction.allReleases(repository.id, 'main'))).map((one) => one.lifecycle), ['retired', 'retired', 'active', 'active']);
    });

    test('hostile ids are looked up and kept apart', async () => {
      const repository = aRepositoryRef();
      const long = 'x'.repeat(100_000);
      const hostile = ['a\u0000b', '\ud800', '\ufffd', '\\ud800', "'; drop table releases; --", long, `${long}y`].map((contractId) => aRelease({ contractId, path: `p-${contractId}` }));
      await record(suite, repository, hostile);
      for (const release of hostile) {
        assert.deepEqual(await ask(suite, (transaction) => transaction.releases(repository.id, [release.contractId])), [release]);
        assert.deepEqual(await ask(suite, (transaction) => transaction.releasesAt(repository.id, 'main', [release.path])), [release]);
      }
    });

    test('recordState() is null before the first recording, then the newest state of its key', async () => {
      const repository = aRepositoryRef();
      assert.equal(await ask(suite, (transaction) => transaction.recordState(repository.id, 'main@main')), null);
      await record(suite, repository, [], { kind: 'filling', done: 3, total: null, upTo: 'a' });
      assert.deepEqual(await ask(suite, (transaction) => transaction.recordState(repository.id, 'main@main')), { kind: 'filling', done: 3, total: null, upTo: 'a' });
      await record(suite, repository, [], { kind: 'complete', upTo: 'b' });
      assert.deepEqual(await ask(suite, (transaction) => transaction.recordState(repository.id, 'main@main')), { kind: 'complete', upTo: 'b' });
      assert.equal(await ask(suite, (transaction) => transaction.recordState(repository.id, 'main@other')), null);
    });

    test('recordStates() are those of every key of the repository, without what was forgotten; what was released stands', async () => {
      const [repository, other] = [aRepositoryRef(), aRepositoryRef()];
      const keys = ['main@main', '@~branches', 'rel@rel/1@2'];
      for (const key of keys) await ask(suite, (transaction) => transaction.recordReleases(repository, [aRelease({ entry: key })], { key, record: { kind: 'complete', upTo: key } }));
      await record(suite, other, []);
      const states = () => ask(suite, (transaction) => transaction.recordStates(repository.id));
      assert.deepEqual((await states()).map(({ key, state }) => [key, state.upTo]), keys.toSorted().map((key) => [key, key]));
      for (const key of ['rel@rel/1@2', 'none']) await ask(suite, (transaction) => transaction.forgetRecord(repository.id, key));
      assert.deepEqual((await states()).map(({ key }) => key), ['@~branches', 'main@main']);
      assert.equal(await ask(suite, (transaction) => transaction.recordState(repository.id, 'rel@rel/1@2')), null);
      assert.equal((await ask(suite, (transaction) => transaction.allReleases(repository.id, 'rel@rel/1@2'))).length, 1);
    });

    test('who holds a record sees whatever the holder before it kept', async () => {
      const repository = aRepositoryRef();
      const addOne = () =>
        ask(suite, async (transaction) => {
          const before = await transaction.holdRecord(repository.id, 'main@main');
          const { length } = await transaction.allReleases(repository.id, 'main');
          await transaction.recordReleases(repository, [aRelease({ version: `${length}.0.0` })], { key: 'main@main', record: { kind: 'complete', upTo: `${length}` } });
          return before;
        });
      const found = await Promise.all([addOne(), addOne(), addOne()]);
      assert.deepEqual(found.map((state) => state?.upTo ?? '').toSorted(), ['', '0', '1']);
      assert.deepEqual((await ask(suite, (transaction) => transaction.allReleases(repository.id, 'main'))).map((one) => one.version), ['0.0.0', '1.0.0', '2.0.0']);
    });
  });

  describeStore('the record of schema versions', shared, (suite) => {
    test('versions are found by family and all together, in the order of their recording', async () => {
      const repository = freshId();
      const [first, second, third, other] = [aVersion(2), aVersion(1), aVersion(1, { path: 'schemas/order/v2.json' }), aVersion(1, { path: 'schemas/other.json' })];
      await ask(suite, (transaction) => transaction.recordSchemas(repository, [first, second, third, other]));
      assert.deepEqual(await ask(suite, (transaction) => transaction.schemaVersions(repository, 'main', ['schemas/order/*.json', 'none'])), [first, second, third]);
      assert.deepEqual(await ask(suite, (transaction) => transaction.allSchemaVersions(repository, 'main')), [first, second, third, other]);
      assert.deepEqual(await ask(suite, (transaction) => transaction.schemaVersions(repository, 'main', [])), []);
      assert.deepEqual(await ask(suite, (transaction) => transaction.allSchemaVersions(repository, 'release')), []);
      assert.deepEqual(await ask(suite, (transaction) => transaction.allSchemaVersions(freshId(), 'main')), []);
    });

    test('a content that a path has already keeps its place and where it was first seen', async () => {
      const repository = freshId();
      const [first, second] = [aVersion(1), aVersion(2)];
      await ask(suite, (transaction) => transaction.recordSchemas(repository, [first, second]));
      await ask(suite, (transaction) => transaction.recordSchemas(repository, [aVersion(2, { commit: 'e'.repeat(40) }), aVersion(1, { origin: 'elsewhere.json' }), aVersion(3)]));
      assert.deepEqual(await ask(suite, (transaction) => transaction.allSchemaVersions(repository, 'main')), [first, second, aVersion(3)]);
    });

    test('hostile paths are looked up and kept apart', async () => {
      const repository = freshId();
      const long = 'x'.repeat(100_000);
      const hostile = ['a\u0000b', '\ud800', '\ufffd', "'; drop table schema_versions; --", long, `${long}y`, '__proto__'].map((path) => aVersion(1, { path }));
      await ask(suite, (transaction) => transaction.recordSchemas(repository, hostile));
      for (const version of hostile) assert.deepEqual(await ask(suite, (transaction) => transaction.schemaVersions(repository, 'main', [version.path])), [version]);
    });

    test('what was recorded in a transaction that failed is not kept', async () => {
      const repository = freshId();
      const failed = ask(suite, async (transaction) => {
        await transaction.recordSchemas(repository, [aVersion(1)]);
        throw new RangeError('undone');
      });
      await assert.rejects(failed, RangeError);
      assert.deepEqual(await ask(suite, (transaction) => transaction.allSchemaVersions(repository, 'main')), []);
    });
  });

  describeStore('seen configurations', shared, (suite) => {
    test('what was seen last is remembered until it is detached', async () => {
      const seen = aSeenConfiguration(freshId(), 5);
      const isNews = async (one: typeof seen) => await ask(suite, (transaction) => transaction.sawConfiguration(one));
      assert.deepEqual([await isNews({ ...seen, commit: 'older' }), await isNews(seen), await isNews(seen)], [true, true, false]);
      assert.deepEqual(await ask(suite, (transaction) => transaction.seenConfiguration(seen.account.id, 5)), seen);
      assert.deepEqual([await detach(suite, seen), await detach(suite, seen)], [true, false]);
      assert.equal(await ask(suite, (transaction) => transaction.seenConfiguration(seen.account.id, 5)), null);
    });

    test("the organisation's and a repository's are two", async () => {
      const account = freshId();
      const [organization, repository] = [aSeenConfiguration(account, null), aSeenConfiguration(account, 5)];
      for (const seen of [organization, repository]) await ask(suite, (transaction) => transaction.sawConfiguration(seen));
      await detach(suite, repository);
      assert.deepEqual(await ask(suite, (transaction) => transaction.seenConfiguration(account, null)), organization);
    });
  });

  describeStore('the object cache', shared, (suite) => {
    test('blobs come back as they were kept, absent ones are left out', async () => {
      const account = freshId();
      const kept = new Map([['a', { kind: 'bytes' as const, bytes: Uint8Array.of(0, 255, 10) }], ['b', { kind: 'too-large' as const, size: 5_000_000_000 }], ['e', { kind: 'bytes' as const, bytes: new Uint8Array() }]]);
      await suite.store.cache.keepBlobs(account, kept);
      await suite.store.cache.keepBlobs(account, kept);
      const found = await suite.store.cache.blobs(account, ['a', 'b', 'c', 'a', 'e']);
      const plain = [...found].map(([blob, content]) => [blob, content.kind === 'bytes' ? [...content.bytes] : content.size] as const);
      assert.deepEqual(new Map(plain), new Map<string, unknown>([['a', [0, 255, 10]], ['b', 5_000_000_000], ['e', []]]));
    });

    test('values come back as they were kept, by account', async () => {
      const [account, other] = [freshId(), freshId()];
      await suite.store.cache.keep(account, 'tree:a', 'x\u0000\ud800');
      await suite.store.cache.keep(account, 'tree:a', 'y\u0000');
      assert.deepEqual([await suite.store.cache.find(account, 'tree:a'), await suite.store.cache.find(other, 'tree:a'), await suite.store.cache.find(account, 'tree:b')], ['y\u0000', null, null]);
    });

    test('ping() and prune() leave what is in use', async () => {
      const account = freshId();
      await suite.store.cache.keep(account, 'k', 'v');
      await suite.store.ping();
      await suite.store.prune(suite.clock.now());
      assert.equal(await suite.store.cache.find(account, 'k'), 'v');
    });
  });
}

function aRelease(input: Partial<Release> = {}): Release {
  return {
    entry: 'main',
    contractId: 'checkout',
    version: '1.0.0',
    contentHash: `sha256:${'1'.repeat(64)}`,
    parent: null,
    path: 'contracts/checkout.yaml',
    commit: 'a'.repeat(40),
    blob: 'b'.repeat(40),
    bytesDigest: `sha256:${'2'.repeat(64)}`,
    adopted: false,
    decisionId: null,
    lifecycle: 'active',
    ...input,
  };
}

function anArrival(input: Partial<Arrival> = {}): Arrival {
  return { repositoryId: 100, pullRequest: 3, head: 'a'.repeat(40), person: { login: 'dev', id: 12, kind: 'human' }, action: 'opened', at: '2026-11-20T12:00:00Z', ...input };
}

function aVersion(content: number, input: Partial<SchemaVersion> = {}): SchemaVersion {
  const path = input.path ?? 'schemas/order/v1.json';
  return { entry: 'main', path, contentHash: `sha256:${String(content).repeat(64)}`, blob: 'b'.repeat(40), commit: 'a'.repeat(40), origin: path, ...input };
}

function ask<Result>(suite: SuiteStore, work: (transaction: StoreTransaction) => Promise<Result>): Promise<Result> {
  return suite.store.transaction(work);
}

function record(suite: SuiteStore, repository: RepositoryRef, releases: readonly Release[], state: RecordState = { kind: 'complete', upTo: 'a' }): Promise<void> {
  return ask(suite, (transaction) => transaction.recordReleases(repository, releases, { key: 'main@main', record: state }));
}

function aSeenConfiguration(account: number, repositoryId: number | null): SeenConfiguration {
  return { account: { id: account, login: 'org', kind: 'organization' }, repositoryId, commit: 'c', path: '.github/plumbline.yml', text: 'version: 1\n# \u0000' };
}

function detach(suite: SuiteStore, seen: SeenConfiguration): Promise<boolean> {
  return ask(suite, (transaction) => transaction.detachConfiguration(seen.account.id, seen.repositoryId));
}
