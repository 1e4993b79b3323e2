import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Store } from '../../src/flows/ports/store.ts';
import { openPostgres } from '../../src/store/open-postgres.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Tables } from '../../src/store/table.ts';
import { createCursors } from '../../src/web/api/cursor.ts';
import type { ApiPorts } from '../../src/web/api/mount-api.ts';
import { createWeb } from '../../src/web/create-web.ts';
import { listen } from '../../src/web/http-server.ts';
import { account } from '../../test/builders/a-log.ts';
import { fakeLog } from '../../test/fakes/fake-log.ts';
import { noApi } from '../../test/web/no-api.ts';
import { atMost } from '../measure.ts';
import type { Figure, Measure } from '../measure.ts';
import { onPostgres } from '../parts/databases.ts';
import { fillLog } from '../parts/fill-log.ts';
import { percentile } from '../parts/percentiles.ts';

const longestMs = 200;

/** Questions to the audit log through the API, over HTTP, on Postgres: each filter alone, several together, deep pages, and what there is not. */
export const api: Measure = {
  name: 'api',
  async run({ quick, say }) {
    const size = sizeFor(quick);
    return await onPostgres(async ({ url }) => {
      say(`a log of ${size} entries on Postgres`);
      const log = fakeLog();
      const store = await openStore({ databaseUrl: url, directory: '', log, clock: { now: () => new Date() } });
      const { database, release } = openPostgres({ databaseUrl: url, log, poolSize: 1, statementLimit: 0 });
      try {
        await fillLog(database, size);
        await settled(database);
        return await withServer(store, async (ask) => await figuresOf(ask, { size, rounds: quick ? 2 : 20, say }));
      } finally {
        await database.destroy();
        await release();
        await store.close();
      }
    });
  },
};

function sizeFor(quick: boolean): number {
  if (quick) return 5_000;
  return process.env['PLUMBLINE_LONG'] === '1' ? 1_000_000 : 100_000;
}

/** What autovacuum does by itself within minutes. */
async function settled(database: Kysely<Tables>): Promise<void> {
  for (const table of ['audit_leaves', 'audit_openings', 'audit_terms']) await sql.raw(`vacuum (analyze) ${table}`).execute(database);
}

type Ask = (query: string) => Promise<{ readonly entries: readonly unknown[]; readonly next: string | null }>;

async function withServer<Result>(store: Store, work: (ask: Ask) => Promise<Result>): Promise<Result> {
  const secret = randomBytes(32).toString('hex');
  const api: ApiPorts = {
    ...noApi(),
    principals: { verify: async () => ({ kind: 'verified', claims: { sub: 'bench', roles: ['auditor'], accounts: [account] } }), claims: { roles: 'roles', accounts: 'accounts', githubUserId: null } },
    search: store.search,
    audit: store.audit,
    reads: store.reads,
    cursors: createCursors(() => secret),
    clock: { now: () => new Date() },
  };
  const web = createWeb({ verify: async () => false, receive: () => Promise.reject(new Error('nobody delivers')), budget: api.budget, log: api.log, mostBytes: 1, api, readiness: [], alarms: async () => [], readinessTimeoutMs: 1, isDraining: () => false });
  const http = await listen(web, { host: '127.0.0.1', port: 0 });
  try {
    return await work(async (query) => {
      const response = await fetch(`http://127.0.0.1:${http.port}/api/v1/audit?${query}`, { headers: { authorization: 'Bearer bench' } });
      const body = await response.text();
      if (response.status !== 200) throw new Error(`Cannot ask ${query}: ${response.status} ${body}`);
      const page: Awaited<ReturnType<Ask>> = JSON.parse(body);
      return page;
    });
  } finally {
    await http.stop();
  }
}

/** As `fillLog` spreads what entries are found by. */
function queriesOf(round: number): readonly string[] {
  return [
    '',
    `event=effect.performed`,
    `event=job.buried`,
    `actor=user:person-${round * 37}`,
    `actor=app:helper`,
    `repository=${1 + round * 3}`,
    `repository=acme/repository-${1 + round * 3}`,
    `tier=4`,
    `outcome=deny`,
    `from=${timeAt(round * 1_000)}&to=${timeAt(round * 1_000 + 50_000)}`,
    `event=action.blocked&actor=user:person-${round * 37}`,
    `event=decision.made&outcome=deny&repository=${1 + round * 3}&tier=2`,
    // Both are common, and never together.
    `event=effect.performed&outcome=deny`,
    `actor=user:nobody`,
    `event=drift.detected`,
  ];
}

function timeAt(sequence: number): string {
  return new Date(1_790_000_000_000 + sequence * 1_000).toISOString();
}

async function figuresOf(ask: Ask, { size, rounds, say }: { readonly size: number; readonly rounds: number; readonly say: (text: string) => void }): Promise<readonly Figure[]> {
  const times: number[] = [];
  const slowest = { query: '', ms: 0 };
  for (let round = 0; round < rounds; round += 1) {
    for (const query of queriesOf(round)) {
      // The first page, and the one that its cursor leads to.
      for (let cursor: string | null = ''; cursor !== null; ) {
        const start = performance.now();
        const page: Awaited<ReturnType<Ask>> = await ask(`${query}${cursor === '' ? '' : `&cursor=${cursor}`}`);
        const ms = performance.now() - start;
        times.push(ms);
        if (ms > slowest.ms) Object.assign(slowest, { query, ms });
        cursor = cursor === '' ? page.next : null;
      }
    }
  }
  say(`the slowest of ${times.length}: ${slowest.ms.toFixed(0)} ms for ${slowest.query}`);
  const words = size.toLocaleString('en');
  return [
    { id: `api.query.p50.${size}`, what: `a page of the audit log through the API, of ${words} entries, median`, value: percentile(times, 0.5), unit: 'ms', better: 'lower', scales: 'speed', target: null },
    { id: `api.query.p95.${size}`, what: `a page of the audit log through the API, of ${words} entries, p95`, value: percentile(times, 0.95), unit: 'ms', better: 'lower', scales: 'speed', target: atMost(longestMs) },
  ];
}
