import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { digestOfValue } from '../../src/domain/digest.ts';
import type { JsonObject } from '../../src/domain/json-value.ts';

export interface ContractHistory {
  readonly directory: string;
  remove(): void;
}

const configuration = `version: 1
contracts:
  - name: workspace
    paths: ["contracts/**/*.{yaml,json}"]
    schema: builtin:workspace-contract/v2
    signatures: optional
`;

/**
 * A git repository, packed as after a clone: `main` has so many released contracts, half YAML and half JSON, and `topic`
 * changes the first of them by a valid bump each.
 */
export function aContractHistory({ contracts, changed }: { readonly contracts: number; readonly changed: number }): ContractHistory {
  const directory = mkdtempSync(join(tmpdir(), 'plumbline-bench-'));
  const all = Array.from({ length: contracts }, (_, index) => released(index));
  const main = { branch: 'main', from: null, files: [['.github/plumbline.yml', configuration] as const, ...all.map((contract, index) => fileOf(index, contract))] };
  const topic = { branch: 'topic', from: 'refs/heads/main', files: all.slice(0, changed).map((contract, index) => fileOf(index, bumped(contract))) };
  execFileSync('git', ['init', '-q', '-b', 'main', directory]);
  execFileSync('git', ['-C', directory, 'fast-import', '--quiet'], { input: [main, topic].map(commitOf).join(''), maxBuffer: 1 << 28 });
  return { directory, remove: () => rmSync(directory, { recursive: true, force: true }) };
}

type File = readonly [path: string, text: string];

interface Commit {
  readonly branch: string;
  readonly from: string | null;
  readonly files: readonly File[];
}

/** As git's fast-import reads it. */
function commitOf({ branch, from, files }: Commit): string {
  const parent = from === null ? '' : `from ${from}\n`;
  return `commit refs/heads/${branch}\ncommitter Bench <bench@example.com> 1790000000 +0000\n${sized(branch)}${parent}${files.map(([path, text]) => `M 100644 inline ${path}\n${sized(text)}`).join('')}\n`;
}

function sized(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}

function fileOf(index: number, contract: JsonObject): File {
  const folder = `contracts/team-${index % 20}`;
  return index % 2 === 0 ? [`${folder}/c${index}.yaml`, stringify(contract)] : [`${folder}/c${index}.json`, `${JSON.stringify(contract, null, 2)}\n`];
}

/** About 2 KB and 60 values, as a workspace contract has. */
function released(index: number): JsonObject {
  return {
    contractId: `workspace-${index}`,
    contractVersion: '1.0.0',
    previousContractRef: null,
    lifecycle: 'active',
    description: `What workspace ${index} promises to those who rely on it.`,
    owner: `team-${index % 20}`,
    spec: {
      endpoints: Array.from({ length: 6 }, (_, place) => ({ path: `/v1/workspaces/${index}/items/${place}`, methods: ['GET', 'POST'], timeoutMs: 500 + place, idempotent: place % 2 === 0 })),
      limits: { requestsPerMinute: 600, tokensPerDay: 2_000_000, costPerMonth: 300.5, burst: { size: 20, windowSeconds: 10 } },
      data: { classification: 'internal', regions: ['eu-central-1', 'eu-west-1'], retentionDays: 90, personal: false },
      tools: Array.from({ length: 5 }, (_, place) => ({ name: `tool-${place}`, version: `${place}.2.0`, scopes: ['read', 'write'] })),
    },
  };
}

function bumped(contract: JsonObject): JsonObject {
  const { lifecycle: _lifecycle, ...content } = contract;
  return { ...contract, contractVersion: '1.1.0', previousContractRef: digestOfValue(content), description: 'Said anew.' };
}
