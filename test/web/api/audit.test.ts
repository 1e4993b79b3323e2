import assert from 'node:assert/strict';
import { get } from 'node:http';
import { describe, test } from 'node:test';
import { readExport } from '../../../src/audit/read-export.ts';
import { verifyLog } from '../../../src/audit/verify-log.ts';
import type { StoredEntry } from '../../../src/flows/ports/audit-log.ts';
import { Failure } from '../../../src/domain/failure.ts';
import { createSealer } from '../../../src/flows/seal-checkpoint.ts';
import { exportAudit } from '../../../src/flows/export-audit.ts';
import { aLogKey } from '../../builders/a-log.ts';
import { account, anApi, digestOfToken } from './an-api.ts';
import type { Answer, Told } from './an-api.ts';

const sequences = (answer: Answer): readonly number[] => answer.entries.map((one) => one.entry.sequence);

describe('the entries of the log', () => {
  test('are told the newest first, with who and why in words', async (context) => {
    const { ask, append } = await anApi(context);
    await append({ payload: { secret: 1 } }, { actor: 'app:helper', rationale: 'later', repository: { id: 5, name: 'acme/shop' } });
    const { status, answer, headers } = await ask('/audit');
    assert.deepEqual([status, headers['cache-control'], sequences(answer), answer['next'], answer['account']], [200, 'no-store', [1, 0], null, account]);
    assert.deepEqual(answer['entries'].map(({ actor, rationale }) => [actor, rationale]), [['app:helper', 'later'], ['user:mona', 'because']]);
  });

  const filters: Readonly<Record<string, readonly number[]>> = {
    'event=action.blocked': [1],
    'actor=user:MONA': [2, 0],
    'actor=app:helper': [1],
    'repository=5': [1],
    'repository=acme/SHOP': [1],
    'tier=3': [1],
    'outcome=hold': [1],
    'outcome=allow&actor=user:mona': [2, 0],
    'from=2026-11-20T12:00:01Z': [2, 1],
    'from=2026-11-20T13:00:01%2B01:00': [2, 1],
    'to=2026-11-20T12:00:01.000Z': [0],
    'event=drift.detected': [],
  };
  for (const [filter, expected] of Object.entries(filters)) {
    test(`are found by ${filter}`, async (context) => {
      const { ask, append, clock } = await anApi(context);
      await append({});
      clock.advance(1_000);
      await append({ event: 'action.blocked', outcome: 'hold', payload: { tier: 3 }, actor: 'app:helper', repository: { id: 5, name: 'Acme/shop' } });
      clock.advance(1_000);
      await append({});
      assert.deepEqual(sequences((await ask(`/audit?${filter}`)).answer), expected);
    });
  }

  test('come in pages that no entry falls out of, and none is in twice, while others are appended', async (context) => {
    const { ask, append } = await anApi(context);
    await append({}, {}, {}, {}, {});
    const seen: number[] = [];
    for (let path: string | null = '/audit?limit=2'; path !== null; ) {
      const { answer }: Told = await ask(path);
      seen.push(...sequences(answer));
      await append({}, {}, {});
      path = answer['next'] === null ? null : `/audit?limit=2&cursor=${answer['next']}`;
    }
    assert.deepEqual(seen, [4, 3, 2, 1, 0]);
  });

  test('attack: a cursor that was changed, of another query, of another account or of no server is refused', async (context) => {
    const { ask, append } = await anApi(context);
    await append({}, {});
    const claims = { accounts: [account, 8] };
    const cursor: string = (await ask(`/audit?limit=1&account=${account}`, { claims })).answer.next ?? '';
    assert.equal((await ask(`/audit?limit=1&account=${account}&cursor=${cursor}`, { claims })).status, 200);
    const changed = Array.from(cursor, (letter, index) => `${cursor.slice(0, index)}${letter === 'A' ? 'B' : 'A'}${cursor.slice(index + 1)}`);
    for (const one of [...changed, cursor.slice(0, -1), `${cursor}A`, 'AAAA']) assert.equal((await ask(`/audit?account=${account}&cursor=${one}`, { claims })).answer['code'], 'cursor_invalid', one);
    for (const path of [`/audit?account=8&cursor=${cursor}`, `/audit?account=${account}&event=decision.made&cursor=${cursor}`, `/audit/reads?account=${account}&cursor=${cursor}`, `/decisions?account=${account}&cursor=${cursor}`]) assert.equal((await ask(path, { claims })).answer['code'], 'cursor_invalid', path);
  });

  test('an entry is told with all that proves it, by its sequence and by its id', async (context) => {
    const { ask, append, store } = await anApi(context);
    await append({ event: 'command.run', payload: { tier: 3, text: 'ü' } });
    const { answer } = await ask('/audit/0');
    const [stored] = await store.audit.entries(account, 0, 1);
    assert.deepEqual([answer['payload'], Buffer.from(answer['leaf']), answer['openings'].length], [{ tier: 3, text: 'ü' }, Buffer.from(stored?.leaf ?? []), 3]);
    assert.deepEqual((await ask(`/audit/${answer['entry'].id}`)).answer, answer);
  });

  test('what there is not is 404, and what is no name of an entry 400', async (context) => {
    const { ask } = await anApi(context);
    const found = await Promise.all(['/audit/0', '/audit/00000000-0000-7000-8000-000000000000', '/audit/-1', '/audit/1e3', '/audit/..%2F0'].map(async (path) => (await ask(path)).status));
    assert.deepEqual(found, [404, 404, 400, 400, 400]);
  });

  test('what was erased is told as null, and what proves the rest stands', async (context) => {
    const { ask, append, store } = await anApi(context, ({ audit }) => ({ audit: { ...audit, entries: async (...asked) => (await audit.entries(...asked)).map((entry) => ({ ...entry, openings: [] })) } }));
    await append({ payload: { a: 1 } });
    const { answer } = await ask('/audit/0');
    assert.deepEqual([answer['actor'], answer['rationale'], answer['payload'], answer['openings']], [null, null, null, []]);
    assert.equal((await store.audit.size(account)), 1);
  });

  const rewritten = ({ sequence, leaf, openings }: StoredEntry, from: string, to: string): StoredEntry => ({ sequence, openings, leaf: Buffer.from(Buffer.from(leaf).toString().replace(from, to)) });
  const broken: Readonly<Record<string, (entry: StoredEntry) => StoredEntry>> = {
    'an opening that does not fit': (entry) => ({ ...entry, openings: entry.openings.map((one) => ({ ...one, bytes: Buffer.from('user:eve') })) }),
    'a leaf that was changed': (entry) => ({ ...entry, ...rewritten(entry, 'allow', 'denyx') }),
    'the leaf of another entry': (entry) => rewritten(entry, '"sequence":0', '"sequence":9'),
    'the leaf of another account': (entry) => rewritten(entry, `"account":${account}`, '"account":8'),
    'what is no entry': (entry) => rewritten(entry, '"subject"', '"subjekt"'),
  };
  for (const [title, change] of Object.entries(broken)) {
    test(`attack: ${title} in the store is not told as if it were the log`, async (context) => {
      const { ask, append } = await anApi(context, ({ search }) => ({ search: { ...search, entries: async (...asked) => (await search.entries(...asked)).map(change) } }));
      await append({});
      const { status, answer } = await ask('/audit');
      assert.deepEqual([status, answer['code']], [503, 'log_broken']);
    });
  }

  test('attack: where an entry was taken away the next one is not told in its place', async (context) => {
    const { ask, append } = await anApi(context, ({ audit }) => ({ audit: { ...audit, entries: async (of, from, limit) => (await audit.entries(of, 0, 9)).filter(({ sequence }) => sequence >= from && sequence !== 1).slice(0, limit) } }));
    await append({}, {}, {});
    assert.deepEqual((await Promise.all([0, 1, 2, 3].map(async (entry) => await ask(`/audit/${entry}`)))).map(({ status, answer }) => [status, answer['code'] ?? answer['entry'].sequence]), [[200, 0], [503, 'log_broken'], [200, 2], [404, 'not_found']]);
  });
});

describe('the export of the log', () => {
  test('is the one that the command writes, and verifies', async (context) => {
    const key = aLogKey();
    const { ask, append, store, clock } = await anApi(context, ({ audit }) => ({ exportLog: (of) => exportAudit(audit, of, [key.publicKey]) }));
    await append(...Array.from({ length: 1_500 }, () => ({})));
    await createSealer({ store, signer: key, clock }).seal(account, { force: true });
    const { status, text, headers } = await ask('/audit/export');
    assert.deepEqual([status, headers['content-type']], [200, 'application/x-ndjson']);
    const reading = await readExport((async function* () {
      yield Buffer.from(text);
    })());
    assert.ok(reading.kind === 'export');
    assert.equal((await verifyLog(reading.source, { keys: [{ kind: 'bare', publicKey: key.publicKey }], checkpoints: [] })).outcome, 'verified');
  });

  /** Pieces of 64 KiB without end, and how many of them were made. */
  function endless() {
    const made = { count: 0, isEnded: false };
    const ended = Promise.withResolvers<undefined>();
    async function* pieces(): AsyncGenerator<string, void> {
      try {
        for (;;) {
          made.count += 1;
          yield 'x'.repeat(65_536);
        }
      } finally {
        made.isEnded = true;
        ended.resolve(undefined);
      }
    }
    return { made, ended: ended.promise, pieces };
  }

  test('is made as it is read, and no longer than its reader stays', async (context) => {
    const { made, ended, pieces } = endless();
    const { web, issuer } = await anApi(context, () => ({ exportLog: pieces }));
    const authorization = `Bearer ${await issuer.sign()}`;
    await new Promise<void>((resolve, reject) => {
      get({ host: '127.0.0.1', port: web.http.port, path: '/api/v1/audit/export', headers: { authorization }, agent: false }, (incoming) => {
        incoming.once('data', () => {
          incoming.pause();
          // Whoever does not read is not written to: what is on its way fits the buffers between the two.
          let before = -1;
          const look = (): void => {
            if (made.count === before) {
              incoming.destroy();
              resolve();
              return;
            }
            before = made.count;
            setTimeout(look, 100);
          };
          look();
        });
      }).on('error', reject);
    });
    assert.ok(made.count < 400, `${made.count} pieces were made for a reader who took none`);
    await ended;
    assert.equal(made.isEnded, true);
  });

  test('that breaks off in the middle is not a whole answer', async (context) => {
    const { web, issuer } = await anApi(context, () => ({
      exportLog: async function* () {
        yield 'one\n';
        throw new Failure('AUDIT_TAMPERED', 'canary');
      },
    }));
    await assert.rejects(web.send({ path: '/api/v1/audit/export', headers: { authorization: `Bearer ${await issuer.sign()}` } }));
  });

  test('that fails before its first line is answered as a problem', async (context) => {
    const { ask } = await anApi(context, () => ({
      exportLog: async function* () {
        yield await Promise.reject(new Failure('AUDIT_TAMPERED', 'canary'));
      },
    }));
    const { status, answer, text } = await ask('/audit/export');
    assert.deepEqual([status, answer['code'], text.includes('canary')], [503, 'log_broken', false]);
  });

  test('attack: asking for its headers alone, again and again, holds no place', async (context) => {
    const { pieces } = endless();
    const { web, issuer } = await anApi(context, () => ({ exportLog: pieces }));
    const headers = { authorization: `Bearer ${await issuer.sign()}` };
    for (let count = 0; count < 10; count += 1) assert.equal((await web.send({ method: 'HEAD', path: '/api/v1/audit/export', headers })).status, 200, String(count));
  });

  test('is written for four at once, and for others once one of them is done', async (context) => {
    const { pieces } = endless();
    const { web, ask, issuer } = await anApi(context, () => ({ exportLog: pieces }));
    const authorization = `Bearer ${await issuer.sign()}`;
    const open = () => new Promise<() => Promise<void>>((resolve, reject) => {
      get({ host: '127.0.0.1', port: web.http.port, path: '/api/v1/audit/export', headers: { authorization }, agent: false }, (incoming) => {
        if (incoming.statusCode !== 200) reject(new Error(`status ${incoming.statusCode}`));
        incoming.once('data', () => (incoming.pause(), resolve(async () => void (incoming.destroy(), await new Promise((closed) => void incoming.once('close', closed))))));
      }).on('error', reject);
    });
    const closes = await Promise.all([open(), open(), open(), open()]);
    assert.equal((await ask('/audit/export')).answer['code'], 'busy');
    await closes[0]?.();
    const again = async (left: number): Promise<() => Promise<void>> => open().catch((thrown: unknown) => (left === 0 ? Promise.reject(thrown) : again(left - 1)));
    closes.push(await again(20));
    for (const close of closes.slice(1)) await close();
  });
});

describe('who reads', () => {
  test('is kept once for each token, query and hour, whatever page, and told to auditors', async (context) => {
    const { ask, issuer, append, clock } = await anApi(context);
    await append({}, {}, {});
    const [one, other] = [await issuer.sign(), await issuer.sign({ claims: { sub: 'ada', roles: ['operator'] } })];
    const { answer } = await ask('/audit?limit=1&outcome=allow', { token: one });
    await ask(`/audit?outcome=allow&limit=2&cursor=${answer['next']}`, { token: one });
    await ask('/audit/0', { token: other });
    clock.advance(3_600_000);
    await ask('/audit?outcome=allow', { token: one });
    const told = (await ask('/audit/reads', { token: other })).answer['reads'];
    assert.deepEqual(told.map(({ subject, token, query }) => [subject, token, query]), [
      ['ada', digestOfToken(other), 'listReads account=7'],
      ['somebody', digestOfToken(one), 'listEntries account=7 outcome=allow'],
      ['ada', digestOfToken(other), 'readEntry account=7 entry=0'],
      ['somebody', digestOfToken(one), 'listEntries account=7 outcome=allow'],
    ]);
    assert.deepEqual((await ask('/audit/reads?subject=somebody&limit=1', { token: other })).answer['reads'].length, 1);
  });

  test('is not answered where that can not be kept', async (context) => {
    const { ask, append } = await anApi(context, ({ reads }) => ({ reads: { ...reads, record: () => Promise.reject(new Failure('STORE_UNAVAILABLE', 'canary')) } }));
    await append({});
    for (const path of ['/audit', '/audit/0', '/audit/export', '/audit/reads', '/decisions', '/decisions/00000000-0000-7000-8000-000000000000', '/stats/remediation']) {
      const { status, answer, text, headers } = await ask(path);
      assert.deepEqual([status, answer['code'], text.includes('canary'), headers['retry-after']], [503, 'read_not_recorded', false, '30'], path);
    }
  });

  test('is not kept where nothing was read: a refusal', async (context) => {
    const { ask, store } = await anApi(context);
    for (const path of ['/audit?account=8', '/audit?tier=9', '/audit?other=1']) await ask(path);
    await ask('/audit', { claims: { roles: ['viewer'] } });
    assert.deepEqual(await store.reads.reads(account, null, { below: null, limit: 10 }), []);
  });
});
