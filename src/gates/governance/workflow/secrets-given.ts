import { expressionsIn } from './expressions-in.ts';
import { memberOf } from './member-of.ts';
import { namesAllSecrets, secretsUsed } from './secrets-used.ts';
import { textsIn } from './texts-in.ts';
import type { Workflow, WorkflowJob } from './workflow.ts';

/**
 * What a job gives out of hand: all secrets at once, and each secret that the workflow of somebody else gets. A job calls another's
 * workflow by its name; which version of it is no matter here.
 * @param account Login of the account that owns the repository.
 */
export function secretsGiven(workflow: Workflow | null, account: string): (job: WorkflowJob) => readonly string[] {
  const isAllShared = hasAllSecrets(workflow?.environment);
  return ({ value }) => {
    const all = isAllShared || hasAllSecrets(value) ? ['all secrets'] : [];
    const uses = memberOf(value, 'uses');
    const called = typeof uses === 'string' && !isOwn(uses, account) ? nameOf(uses) : null;
    if (called !== null) return [...all, ...secretsUsed(value).map((name) => `${name === '*' ? 'all secrets' : `secret ${name}`} for ${called}`)];
    const secrets = memberOf(value, 'secrets');
    return typeof secrets === 'string' && secrets.trim().toLowerCase() === 'inherit' ? [...all, 'secrets: inherit'] : all;
  };
}

function hasAllSecrets(value: Parameters<typeof textsIn>[0]): boolean {
  return textsIn(value).flatMap(expressionsIn).some(namesAllSecrets);
}

function isOwn(uses: string, account: string): boolean {
  const name = nameOf(uses);
  return name.startsWith('./') || name.startsWith(`${account.toLowerCase()}/`);
}

function nameOf(uses: string): string {
  return uses.split('@')[0]?.trim().toLowerCase() ?? '';
}
