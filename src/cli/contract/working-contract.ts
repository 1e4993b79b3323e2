import { realpath } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import type { Configuration, ContractFields } from '../../domain/configuration/configuration.ts';
import { mergeConfiguration } from '../../domain/configuration/merge-configuration.ts';
import { readConfiguration } from '../../domain/configuration/read-configuration.ts';
import { contractSetsOf } from '../../domain/contract/contract-sets-of.ts';
import type { Document } from '../../domain/document/document.ts';
import { formatOf, readDocument } from '../../domain/document/read-document.ts';
import { Failure } from '../../domain/failure.ts';
import type { JsonObject } from '../../domain/json-value.ts';
import { terminalText } from '../../render/escape.ts';
import { repositoryRoot } from '../compose/repository-root.ts';
import { findConfigurationFile, readNamedFile } from '../config/configuration-file.ts';
import { repoWords } from '../repo-option.ts';
import type { Terminal } from '../terminal.ts';
import type { WorkingPlace } from './working-file.ts';

/** A contract file as it stands on this disk, and where its fields are. */
export interface WorkingContract extends WorkingPlace {
  /** As typed. */
  readonly file: string;
  readonly absolute: string;
  /** The path in the repository. */
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly document: Document;
  /** As the repository's configuration maps them for this path; as the envelope names them where it does not govern it. */
  readonly fields: ContractFields;
  /** Null where there is none. */
  readonly configuration: Configuration | null;
}

/** Null for a file that is no document: what is wrong, with line and column, was told. */
export async function readWorkingContract(terminal: Terminal, file: string, repo: string): Promise<WorkingContract | null> {
  const directory = resolve(terminal.directory, repo);
  const absolute = resolve(directory, file);
  const { bytes } = await readNamedFile(directory, file);
  const reading = readDocument(bytes, formatOf(absolute));
  if (reading.kind === 'problem') {
    const { position, message } = reading.problem;
    terminal.tell(`${terminalText(`${file}:${position.line}:${position.column}  ${message}.`)}\n`);
    return null;
  }
  const root = await repositoryRoot(directory);
  const path = relative(root, join(await realpath(dirname(absolute)), basename(absolute))).split(sep).join('/');
  const configuration = await workingConfiguration(root, repo);
  const [set] = configuration === null ? [] : contractSetsOf(configuration, path);
  return { file, directory, repo, absolute, root, path, bytes, document: reading.document, fields: set?.fields ?? plainFields(), configuration };
}

/** The repository's own configuration in the working tree; null where there is none. */
export async function workingConfiguration(root: string, repo: string): Promise<Configuration | null> {
  const file = await findConfigurationFile(root);
  if (file === null) return null;
  const reading = readConfiguration(file.bytes, file.path);
  if (reading.kind === 'valid') return merged(reading.document);
  throw new Failure('USAGE', `Cannot tell the contract's fields: ${file.path} is not valid, expected a valid configuration. See what is wrong: plumbline config check${repoWords(repo)}`);
}

function plainFields(): ContractFields {
  const [set] = merged({ version: 1, contracts: [{ name: 'any', paths: ['**'] }] }).contracts;
  if (set === undefined) throw new Failure('GATE_FAILED', 'Cannot tell the fields of a plain contract: found none, expected the defaults.');
  return set.fields;
}

function merged(document: JsonObject): Configuration {
  return mergeConfiguration({ organization: null, repository: document, defaultBranch: 'main' }).configuration;
}
