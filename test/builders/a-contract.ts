import { releasesOfCommit } from '../../src/domain/contract/releases-of-commit.ts';
import type { Configuration } from '../../src/domain/configuration/configuration.ts';
import { digestOfValue } from '../../src/domain/digest.ts';
import type { Digest } from '../../src/domain/digest.ts';
import type { JsonObject, JsonValue } from '../../src/domain/json-value.ts';
import type { Release } from '../../src/domain/release.ts';
import { aConfiguration } from './a-configuration.ts';
import { blobOf, bytesOf } from './content.ts';

export interface ContractInput {
  readonly id?: string;
  readonly version?: string;
  readonly previous?: Digest | null;
  readonly lifecycle?: string;
  readonly flags?: JsonObject;
  readonly spec?: JsonValue;
  /** Further top-level members. */
  readonly more?: JsonObject;
}

/** The text of a contract, as YAML with one member a line: version 1.0.0 of `checkout`, active, first of its id. */
export function aContract(input: ContractInput = {}): string {
  const members = documentOf(input);
  return Object.entries(members)
    .map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`)
    .join('');
}

/** The content hash of what `aContract` writes, computed apart from the code under test. */
export function hashOf(input: ContractInput = {}): Digest {
  const { lifecycle: _lifecycle, emergencyFlags: _flags, signature: _signature, ...content } = documentOf(input);
  return digestOfValue(content);
}

/** The release that recording this text at this path makes. */
export function releaseOf(text: string, path: string, configuration: Configuration = aConfiguration()): Release {
  const { releases } = releasesOfCommit({
    configuration,
    entry: 'main',
    commit: 'd'.repeat(40),
    files: [{ path, blob: blobOf(text), bytes: bytesOf(text) }],
    known: new Map(),
    adopted: false,
    decisionId: '00000000-0000-7000-8000-000000000001',
  });
  const [release] = releases;
  if (release === undefined) throw new Error(`${path} releases nothing`);
  return release;
}

function documentOf(input: ContractInput): JsonObject {
  return {
    contractId: input.id ?? 'checkout',
    contractVersion: input.version ?? '1.0.0',
    previousContractRef: input.previous ?? null,
    lifecycle: input.lifecycle ?? 'active',
    ...(input.flags === undefined ? {} : { emergencyFlags: input.flags }),
    spec: input.spec ?? { limit: 1 },
    ...input.more,
  };
}
