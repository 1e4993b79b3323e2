import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import capabilities from '../../../policies/capabilities.json' with { type: 'json' };
import { digestOfValue } from '../../domain/digest.ts';

/** What policies may use. */
export const capabilitiesDigest = digestOfValue(capabilities);

export function capabilitiesPath(scratch: string): string {
  return join(scratch, 'capabilities.json');
}

/** A folder for one run of OPA, with the capabilities in it and an empty `tree`; gone afterwards. */
export async function withScratch<T>(work: (scratch: string) => Promise<T>): Promise<T> {
  const scratch = await mkdtemp(join(tmpdir(), 'plumbline-policies-'));
  try {
    await mkdir(join(scratch, 'tree'));
    await writeFile(capabilitiesPath(scratch), JSON.stringify(capabilities));
    return await work(scratch);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
