import { resolve } from 'node:path';
import { repositoryMaxTier, shortenedEntries } from '../../domain/configuration/capped-whitelist.ts';
import { member } from '../../domain/configuration/member.ts';
import { mergeConfiguration } from '../../domain/configuration/merge-configuration.ts';
import { readConfiguration } from '../../domain/configuration/read-configuration.ts';
import type { Finding } from '../../domain/finding.ts';
import { terminalText } from '../../render/escape.ts';
import { repositoryRoot } from '../compose/repository-root.ts';
import { exitCodes } from '../exit-codes.ts';
import { repoWords } from '../repo-option.ts';
import type { Terminal } from '../terminal.ts';
import { readNamedFile, readOrganizationConfiguration, readRepositoryConfiguration } from './configuration-file.ts';
import type { ConfigurationFile } from './configuration-file.ts';
import { configurationFindings } from './configuration-findings.ts';

export interface ConfigurationToCheck {
  readonly repo: string;
  /** Null: the repository's own. */
  readonly file: string | null;
  readonly organization: string | null;
  readonly isJson: boolean;
}

export async function checkConfiguration(terminal: Terminal, wanted: ConfigurationToCheck): Promise<number> {
  const file = wanted.file === null ? await readRepositoryConfiguration(await repositoryRoot(resolve(terminal.directory, wanted.repo)), repoWords(wanted.repo)) : await readNamedFile(terminal.directory, wanted.file);
  const organization = wanted.organization === null ? null : await readOrganizationConfiguration(terminal.directory, wanted.organization);
  const { findings, shortened } = checked(file, organization);
  if (wanted.isJson) terminal.write(`${JSON.stringify({ valid: findings.length === 0, findings, shortened }, null, 2)}\n`);
  else if (findings.length > 0) terminal.write(configurationFindings(findings, terminal));
  else terminal.write(`${terminalText(file.path)} is valid${organization === null ? '' : ' and loosens nothing of the organisation'}.\n${shortenedText(shortened)}`);
  return findings.length === 0 ? exitCodes.allow : exitCodes.deny;
}

interface Checked {
  readonly findings: readonly Finding[];
  /** Entries of the whitelist that reach less far than they say, or would without the organisation. */
  readonly shortened: readonly ShortenedEntry[];
}

interface ShortenedEntry {
  readonly action: string;
  readonly maxTier: number;
}

function checked(file: ConfigurationFile, organization: ConfigurationFile | null): Checked {
  const reading = readConfiguration(file.bytes, file.path);
  if (reading.kind === 'invalid') return { findings: reading.findings, shortened: [] };
  if (organization === null) return { findings: [], shortened: [] };
  const above = readConfiguration(organization.bytes, organization.path);
  if (above.kind === 'invalid') return { findings: above.findings, shortened: [] };
  const { findings } = mergeConfiguration({ organization: above.document, repository: reading.document, defaultBranch: 'main', repositoryText: reading.text });
  const maxTier = repositoryMaxTier(above.document);
  return { findings, shortened: shortenedEntries(reading.document, above.document).map(({ entry }) => ({ action: member.text(entry, 'action') ?? '', maxTier })) };
}

function shortenedText(shortened: readonly ShortenedEntry[]): string {
  const [first] = shortened;
  if (first === undefined) return '';
  const named = shortened.slice(0, 5).map(({ action }) => terminalText(action)).join(', ');
  const more = shortened.length > 5 ? ` and ${shortened.length - 5} more` : '';
  return `Of its whitelist, ${named}${more} ${shortened.length === 1 ? 'reaches' : 'reach'} only tier ${first.maxTier} (\`governance.repositoryMaxTier\` of the organisation): what is of a higher tier needs an entry there.\n`;
}
