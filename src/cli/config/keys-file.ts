import { Failure } from '../../domain/failure.ts';
import type { PublicKey } from '../../domain/signature/public-key.ts';
import { readKeySet } from '../../domain/signature/read-key-set.ts';
import { readNamedFile } from './configuration-file.ts';

/** The keys of a JWKS that was named on the command line. @throws Failure USAGE */
export async function readKeysFile(directory: string, path: string): Promise<readonly PublicKey[]> {
  const { bytes } = await readNamedFile(directory, path);
  const reading = readKeySet(bytes, path);
  if (reading.kind === 'keys') return reading.keys;
  throw new Failure('USAGE', `Cannot use the keys ${JSON.stringify(path)}: line ${reading.position.line}, column ${reading.position.column}: ${reading.why}. Name a JWKS of public keys.`);
}
