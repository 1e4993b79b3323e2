import { finding, quoted } from '../finding.ts';
import type { Finding } from '../finding.ts';
import type { JsonObject, JsonValue } from '../json-value.ts';
import { readDocument } from '../document/read-document.ts';
import type { Position } from '../position.ts';
import { cappedWhitelist, shortenedEntries } from './capped-whitelist.ts';
import type { Configuration } from './configuration.ts';
import { configurationOf, defaultBranches, policyPathsOf } from './configuration-of.ts';
import { repositoryConfigurationPath } from './configuration-paths.ts';
import { mergeDocuments } from './merge-documents.ts';
import type { Loosening } from './merge-documents.ts';

export interface ConfigurationsToMerge {
  /** Validated. Null: the organisation says nothing, so nothing can be loosened. */
  readonly organization: JsonObject | null;
  readonly repository: JsonObject | null;
  readonly defaultBranch: string;
  /** Text of the repository's document, so that findings name line and column. */
  readonly repositoryText?: string;
  /** Whether the repository is the organisation's `.github`: the organisation's file is then one of its own. */
  readonly isRoot?: boolean;
}

export interface MergedConfiguration {
  readonly configuration: Configuration;
  /** `config/ratchet`, one for each key that would loosen the organisation's. Those keys count as the organisation has them. */
  readonly findings: readonly Finding[];
}

/** The configuration in force. Whatever a repository writes, it is never looser than the organisation's alone. */
export function mergeConfiguration(wanted: ConfigurationsToMerge): MergedConfiguration {
  const { organization, repository, defaultBranch } = wanted;
  const levels = { organization, repository, isRoot: wanted.isRoot === true };
  if (organization === null || repository === null) {
    return { configuration: ofRepository(configurationOf(organization ?? repository ?? { version: 1 }, defaultBranch, levels), repository), findings: [] };
  }
  const branches = organization['branches'] ?? defaultBranches(defaultBranch);
  const stated = repository['branches'] === undefined ? organization : { ...organization, branches };
  const { document, loosenings } = mergeDocuments(stated, cappedWhitelist(repository, organization));
  const positionOf = loosenings.length === 0 ? nowhere : positionsIn(wanted.repositoryText);
  const configuration = { ...configurationOf(document, defaultBranch, levels), shortenedEntries: shortenedEntries(repository, organization) };
  return { configuration: ofRepository(configuration, repository), findings: loosenings.map((one) => ratchet(one, positionOf)) };
}

/** What a contract states about policies is about those that its repository names, whatever the organisation adds. */
function ofRepository(configuration: Configuration, repository: JsonObject | null): Configuration {
  return Object.freeze({ ...configuration, policyPaths: repository === null ? [] : policyPathsOf(repository) });
}

function positionsIn(text: string | undefined): (pointer: string) => Position | null {
  if (text === undefined) return nowhere;
  const reading = readDocument(new TextEncoder().encode(text), 'yaml');
  return reading.kind === 'document' ? (pointer) => reading.document.positionOf(pointer) : nowhere;
}

function nowhere(): null {
  return null;
}

function ratchet(loosening: Loosening, positionOf: (pointer: string) => Position | null): Finding {
  const key = keyName(loosening.pointer);
  const position = positionOf(loosening.pointer);
  const expected = loosening.organization === null ? 'left out: only the organisation may set it' : shown(loosening.organization);
  return finding({
    code: 'config/ratchet',
    path: repositoryConfigurationPath,
    ...(position === null ? {} : { line: position.line, column: position.column }),
    message: `Cannot loosen \`${key}\`: found ${shown(loosening.repository)}, expected ${expected}.`,
    expected,
    found: shown(loosening.repository),
    next: `Remove \`${key}\` from ${repositoryConfigurationPath}, or ask the owners of the organisation's configuration to change it there.`,
    subject: loosening.pointer,
  });
}

function keyName(pointer: string): string {
  const names = pointer.split('/').slice(1).map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
  return names.join('.');
}

function shown(value: JsonValue): string {
  return quoted(typeof value === 'string' ? value : JSON.stringify(value));
}
