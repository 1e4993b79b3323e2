import type { ContractSet } from '../../domain/configuration/configuration.ts';
import { mergeConfiguration } from '../../domain/configuration/merge-configuration.ts';
import { organizationDocument } from '../../domain/configuration/organization-document.ts';
import { finding, quoted } from '../../domain/finding.ts';
import type { Finding } from '../../domain/finding.ts';
import { changedFiles } from '../../domain/snapshot.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import type { HeadConfiguration } from './head-configuration.ts';

/** Schemas that this change deletes although the configuration names them after it: every contract of the set would be denied. */
export function missingSchemas(snapshot: Snapshot, head: HeadConfiguration | null): readonly Finding[] {
  const deleted = new Set(changedFiles(snapshot).flatMap((file) => (file.head === null ? [file.path] : [])));
  const sets = setsAfter(snapshot, head).filter(({ schema }) => schema !== null && deleted.has(schema));
  return sets.flatMap(({ name, schema }) => (schema === null ? [] : [missing(name, schema)]));
}

/** Without a configuration of its own the head keeps the one in force: that judges on, even where the change deletes it. */
function setsAfter({ configuration, change }: Snapshot, head: HeadConfiguration | null): readonly ContractSet[] {
  if (head === null) return configuration.effective?.contracts ?? [];
  return mergeConfiguration({ organization: organizationDocument(configuration), repository: head.document, repositoryText: head.text, defaultBranch: change.baseBranch }).configuration.contracts;
}

function missing(set: string, path: string): Finding {
  const found = `the contract set ${quoted(set)} of the configuration names it`;
  return finding({
    code: 'schema/invalid',
    path,
    message: `Cannot delete the schema \`${path}\`: ${found}, expected a file that stays or a configuration that no longer names it.`,
    expected: 'a file that stays, or a configuration that no longer names it',
    found,
    next: `Restore ${path}, or change \`schema\` of this contract set in the same change.`,
    subject: `deleted ${set}`,
  });
}
