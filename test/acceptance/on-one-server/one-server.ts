import { after, before } from 'node:test';
import { privateKeyOf, publicJwk } from '../../builders/signing-keys.ts';
import { startPostgres } from '../../postgres/start-postgres.ts';
import type { TestPostgres } from '../../postgres/start-postgres.ts';
import { startPlumbline } from '../a-plumbline.ts';
import type { Plumbline } from '../a-plumbline.ts';

/** There once the first test runs. */
export let plumbline: Plumbline;

let postgres: TestPostgres | string;

/** On Postgres where there is one, as in production, which takes half the work of the embedded store; what others start has the embedded one. */
before(async () => {
  postgres = await startPostgres();
  const databaseUrl = typeof postgres === 'string' ? {} : { databaseUrl: postgres.url };
  plumbline = await startPlumbline({ ...databaseUrl, environment: { CONTRACT_KEYS: JSON.stringify({ keys: [publicJwk(privateKeyOf('EdDSA'), 'local:operator')] }) } });
});
after(async () => {
  await plumbline.finish();
  if (typeof postgres !== 'string') await postgres.stop();
});
