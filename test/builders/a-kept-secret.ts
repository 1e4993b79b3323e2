import { KeptSecret } from '../../src/config/kept-secret.ts';
import { Secret } from '../../src/config/secret.ts';
import { good } from '../../src/config/settings.ts';
import { givenSecret } from '../../src/keys/given-secret.ts';

/** A secret as the environment gives it. */
export function aKeptSecret(value: string): KeptSecret {
  return new KeptSecret({ name: 'A_SECRET', source: givenSecret(value), check: (text) => good(text === null ? null : new Secret(text)), first: new Secret(value) });
}
