import { Evidence } from '../../domain/evidence.ts';
import { keyRequests, knownKeys, operatorRequest } from '../../gates/contract/key-source.ts';
import type { KnownKeys } from '../../gates/contract/key-source.ts';
import { probeBlobs } from '../../probes/probe-blobs.ts';
import type { ContractBase } from './contract-base.ts';

/** Where the keys of a base are found. */
export type KeyBase = Pick<ContractBase, 'objects' | 'base' | 'configuration'>;

/** The keys of the base as the gate knows them. Those of the operator do not stand on this disk. */
export async function keysAtBase({ objects, base, configuration }: KeyBase): Promise<KnownKeys> {
  const { entries, complete } = await objects.tree(base.sha);
  const place = { files: entries.map(({ path, ...side }) => ({ path, base: side })) };
  const wanted = keyRequests(place, configuration).filter((request) => request.kind === 'blob');
  const evidence = new Evidence().with('blob', await probeBlobs(objects, wanted)).with('operator-keys', [[operatorRequest, { kind: 'answered', value: [] }]]);
  const known = knownKeys(place, configuration, evidence);
  return complete ? known : { ...known, unavailable: [...known.unavailable, { what: 'the files of the base', why: 'git names one of them twice' }] };
}
