import type { BranchEntry, Configuration } from '../../domain/configuration/configuration.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { ProbeRequest } from '../../domain/probe-request.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { policyRequests } from './base-policies.ts';
import { bumpRequest } from './check-bump.ts';
import { isStating } from './check-policy.ts';
import { contractFiles } from './contract-file.ts';
import type { ContractFile } from './contract-file.ts';
import { contractWorld } from './contract-world.ts';
import type { ContractWorld } from './contract-world.ts';
import { involvedIds } from './involved-ids.ts';
import { judgedContract } from './judged-contract.ts';
import type { JudgedContract } from './judged-contract.ts';
import { readSchema, schemaRequest } from './schema-source.ts';
import { signatureKeyRequests, signatureRequests } from './signature-requests.ts';
import { sideRequest } from './side-reading.ts';
import { envelopeRequest, schemaValidationRequest } from './validation-requests.ts';

export interface Governed {
  readonly snapshot: Snapshot;
  readonly entry: BranchEntry;
  readonly configuration: Configuration;
}

/** First what stands there, then what its ids, schemas and keys make of it, then its signatures and what new versions are compared with: three rounds, whatever the answers. */
export function planContracts(governed: Governed, evidence: Evidence): readonly ProbeRequest[] {
  const { snapshot, entry, configuration } = governed;
  const files = contractFiles(snapshot, configuration);
  const changed = files.filter((file) => file.changed);
  if (changed.length === 0) return [];
  const first = firstRound(files, snapshot, entry.entry);
  if (first.some((request) => !evidence.has(request))) return first;
  const judged = changed.map((file) => judgedContract(file, evidence));
  const second = [...releaseRequests(judged, entry.entry, evidence), ...validationRequests(judged, snapshot, evidence), ...signatureKeyRequests(judged, governed)];
  if (second.some((request) => !evidence.has(request))) return [...first, ...second];
  const world = contractWorld(governed, evidence);
  return [...first, ...second, ...stepRequests(world), ...signatureRequests(world)];
}

/** What a new version is compared with, where it does not stand at the base any more: what it follows, and the policies of B. */
function stepRequests(world: ContractWorld): readonly ProbeRequest[] {
  const blobs = world.changed.map((file) => bumpRequest(file, world)).filter((request) => request !== null);
  return world.changed.some((file) => isStating(file, world)) ? [...blobs, ...policyRequests(world)] : blobs;
}

/** Contracts that did not change are read too: one of them may have the id and version of a changed one. */
function firstRound(files: readonly ContractFile[], snapshot: Snapshot, entry: string): readonly ProbeRequest[] {
  const changed = files.filter((file) => file.changed);
  const blobs = [...files.map((file) => (file.isUnread ? null : sideRequest(file.result))), ...changed.map((file) => sideRequest(file.base))];
  const schemas = [...new Set(changed.flatMap((file) => file.schemas))].map((name) => schemaRequest(name, snapshot));
  return [
    { kind: 'record', entry },
    ...[...blobs, ...schemas].filter((request) => request !== null),
    ...changed.map(({ path }) => ({ kind: 'paths', entry, path }) as const),
  ];
}

function releaseRequests(changed: readonly JudgedContract[], entry: string, evidence: Evidence): readonly ProbeRequest[] {
  return involvedIds(changed, entry, evidence).map((contractId) => ({ kind: 'releases', entry, contractId }));
}

function validationRequests(changed: readonly JudgedContract[], snapshot: Snapshot, evidence: Evidence): readonly ProbeRequest[] {
  const sources = new Map([...new Set(changed.flatMap((file) => file.schemas))].map((name) => [name, readSchema(name, snapshot, evidence)]));
  return changed.flatMap((file) => {
    const reading = file.inResult;
    if (file.result === null || (reading.kind !== 'contract' && reading.kind !== 'incomplete')) return [];
    const side = file.result;
    const { value } = reading.kind === 'contract' ? reading.contract.document : reading.document;
    const configured = file.schemas.flatMap((name) => {
      const schema = sources.get(name);
      return schema?.kind === 'source' ? [schemaValidationRequest(schema.source, side, value)] : [];
    });
    return [envelopeRequest(file, side, value), ...configured];
  });
}
