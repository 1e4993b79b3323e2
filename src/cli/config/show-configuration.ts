import { resolve } from 'node:path';
import { effectiveReport } from '../../domain/configuration/effective-report.ts';
import type { EffectiveKey } from '../../domain/configuration/effective-report.ts';
import { readConfiguration } from '../../domain/configuration/read-configuration.ts';
import type { Finding } from '../../domain/finding.ts';
import type { JsonObject } from '../../domain/json-value.ts';
import { terminalText } from '../../render/escape.ts';
import { repositoryRoot } from '../compose/repository-root.ts';
import { exitCodes } from '../exit-codes.ts';
import { repoWords } from '../repo-option.ts';
import type { Terminal } from '../terminal.ts';
import { readOrganizationConfiguration, readRepositoryConfiguration } from './configuration-file.ts';
import type { ConfigurationFile } from './configuration-file.ts';
import { configurationFindings } from './configuration-findings.ts';

export interface ConfigurationToShow {
  readonly repo: string;
  readonly isEffective: boolean;
  readonly organization: string | null;
  readonly defaultBranch: string;
  readonly isJson: boolean;
}

export async function showConfiguration(terminal: Terminal, wanted: ConfigurationToShow): Promise<number> {
  const repository = documentOf(await readRepositoryConfiguration(await repositoryRoot(resolve(terminal.directory, wanted.repo)), repoWords(wanted.repo)));
  const organization = wanted.organization === null ? null : documentOf(await readOrganizationConfiguration(terminal.directory, wanted.organization));
  const findings = [...repository.findings, ...(organization?.findings ?? [])];
  if (repository.document === null || findings.length > 0) {
    terminal.tell(configurationFindings(findings, terminal));
    return exitCodes.deny;
  }
  const levels = { organization: organization?.document ?? null, repository: repository.document, defaultBranch: wanted.defaultBranch };
  const keys = wanted.isEffective ? effectiveReport(levels) : null;
  if (wanted.isJson) terminal.write(`${JSON.stringify(keys ?? repository.document, null, 2)}\n`);
  else terminal.write(keys === null ? plain(repository.text) : table(keys, terminal));
  return exitCodes.allow;
}

interface Shown {
  readonly document: JsonObject | null;
  readonly text: string;
  readonly findings: readonly Finding[];
}

function documentOf(file: ConfigurationFile): Shown {
  const reading = readConfiguration(file.bytes, file.path);
  return reading.kind === 'valid' ? { ...reading, findings: [] } : { document: null, text: '', findings: reading.findings };
}

function plain(text: string): string {
  return `${text.split('\n').map((line) => terminalText(line)).join('\n').replace(/\n*$/, '')}\n`;
}

function table(keys: readonly EffectiveKey[], { color }: Terminal): string {
  const width = Math.max(...keys.map(({ key }) => key.length));
  return keys.map(({ key, value, setBy }) => `${color.bold(terminalText(key.padEnd(width)))}  ${terminalText(JSON.stringify(value))}  ${color.dim(setBy)}\n`).join('');
}
