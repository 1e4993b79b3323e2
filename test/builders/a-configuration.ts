import { ownGlobsOf } from '../../src/domain/configuration/own-paths.ts';
import type { BranchEntry, Configuration, ContractFields, ContractSet, SchemaSet } from '../../src/domain/configuration/configuration.ts';

export const mainEntry: BranchEntry = { entry: 'main', names: ['main'], require: true, isDefault: true };

export const plainFields: ContractFields = {
  contractId: { kind: 'pointer', pointer: '/contractId' },
  contractVersion: { kind: 'pointer', pointer: '/contractVersion' },
  previousContractRef: { kind: 'pointer', pointer: '/previousContractRef' },
  policyBundleChecksum: { kind: 'pointer', pointer: '/policyBundleChecksum' },
  kmsKeyRef: { kind: 'pointer', pointer: '/kmsKeyRef' },
  lifecycle: { kind: 'pointer', pointer: '/lifecycle' },
  emergencyFlags: { kind: 'pointer', pointer: '/emergencyFlags' },
  signature: { kind: 'pointer', pointer: '/signature' },
};

/** Contracts under `contracts/`, checked against the envelope only. */
export function aContractSet(overrides: Partial<ContractSet> = {}): ContractSet {
  return { name: 'workspace', paths: ['contracts/**/*.{yaml,yml,json}'], schema: null, fields: plainFields, signatures: 'optional', layout: 'in-place', ...overrides };
}

/** Schemas under `schemas/`, changed in place. */
export function aSchemaSet(overrides: Partial<SchemaSet> = {}): SchemaSet {
  return { paths: ['schemas/**/*.{json,yaml}'], compatibility: 'backward', preset: 'semantic', layout: 'in-place', ...overrides };
}

export function aConfiguration(overrides: Partial<Configuration> = {}): Configuration {
  return {
    version: 1,
    branches: [mainEntry],
    contracts: [aContractSet()],
    schemas: [],
    keys: [],
    rules: {},
    isRoot: false,
    ownGlobs: ownGlobsOf(overrides.document ?? {}),
    policyPaths: [],
    requestPaths: [],
    shortenedEntries: [],
    document: { version: 1 },
    ...overrides,
  };
}
