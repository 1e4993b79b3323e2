import { after, before } from 'node:test';
import { privateKeyOf, publicJwk } from '../../builders/signing-keys.ts';
import { startPlumbline } from '../a-plumbline.ts';
import type { Plumbline } from '../a-plumbline.ts';

/** There once the first test runs. */
export let plumbline: Plumbline;

before(async () => {
  plumbline = await startPlumbline({ environment: { CONTRACT_KEYS: JSON.stringify({ keys: [publicJwk(privateKeyOf('EdDSA'), 'local:operator')] }) } });
});
after(() => plumbline.finish());
