import type { Configuration } from '../../src/domain/configuration/configuration.ts';
import type { ConfigurationState, Snapshot } from '../../src/domain/snapshot.ts';
import { aConfiguration, mainEntry } from './a-configuration.ts';

export interface SnapshotInput extends Partial<Omit<Snapshot, 'configuration'>> {
  readonly author?: string;
  /** Overrides of the effective configuration. */
  readonly configured?: Partial<Configuration>;
  /** Overrides of its state; wins over `configured`. */
  readonly configuration?: Partial<ConfigurationState>;
}

/** A pull request by a person into the governed default branch; says nothing of its files unless told. */
export function aSnapshot(input: SnapshotInput = {}): Snapshot {
  const { author, configured, configuration, files, ...rest } = input;
  return {
    version: 1,
    engine: 'test',
    now: '2026-11-20T12:00:00.000Z',
    repository: { account: { id: 1, login: 'acme', kind: 'organization' }, installationId: 10, id: 100, owner: 'acme', name: 'shop' },
    change: { subject: { kind: 'pull-request', number: 7 }, author: author ?? 'mona', title: 'Change', draft: false, fork: false, baseBranch: 'main' },
    entry: mainEntry,
    mergeBase: 'a'.repeat(40),
    base: 'b'.repeat(40),
    head: 'c'.repeat(40),
    files: (files ?? []).toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    twins: [],
    unreadable: [],
    configuration: { ...stateOf(configured), ...configuration },
    ...rest,
  };
}

function stateOf(configured: Partial<Configuration> | undefined): ConfigurationState {
  return {
    kind: 'effective',
    effective: aConfiguration(configured),
    organization: null,
    repository: { repository: 'acme/shop', path: '.github/plumbline.yml', commit: 'b'.repeat(40), digest: `sha256:${'0'.repeat(64)}` },
    organizationText: null,
    organizationFiles: null,
    findings: [],
    requiredByBranch: true,
    repairs: [],
  };
}
