import type { SeenConfiguration } from '../domain/configuration/seen-configuration.ts';
import { digestOfBytes } from '../domain/digest.ts';
import { fullNameOf } from '../domain/repository.ts';
import type { RepositoryRef } from '../domain/repository.ts';
import type { Sha } from '../domain/tree.ts';
import { captureConfiguration } from './capture-configuration.ts';
import type { CapturedConfiguration, ConfigurationToCapture } from './capture-configuration.ts';
import type { FlowPorts } from './flow-ports.ts';

export interface ConfigurationToSee extends Omit<ConfigurationToCapture, 'commit'> {
  /** Where the branch stands on GitHub, read just now. */
  readonly tip: Sha;
}

/**
 * Captures the configuration at the tip of a branch and remembers what is valid at the tip of the default one, so that losing
 * it is noticed. The first sight of each version is an audit entry.
 */
export async function seeConfiguration(ports: FlowPorts, { tip, ...wanted }: ConfigurationToSee): Promise<CapturedConfiguration> {
  const captured = await captureConfiguration(ports, { ...wanted, commit: tip });
  for (const seen of captured.valid) await remember(ports, wanted.repository, seen);
  return captured;
}

async function remember(ports: FlowPorts, repository: RepositoryRef, seen: SeenConfiguration): Promise<void> {
  await ports.store.transaction(async (transaction) => {
    const known = await transaction.seenConfiguration(seen.account.id, seen.repositoryId);
    if (known?.text === seen.text) return;
    if (!(await transaction.sawConfiguration(seen))) return;
    await transaction.append({
      account: seen.account.id,
      repository: seen.repositoryId === null ? null : { id: repository.id, name: fullNameOf(repository) },
      subject: `configuration:${seen.path}`,
      event: 'config.seen',
      actor: 'system',
      rationale: `valid at ${seen.commit}`,
      outcome: known === null ? 'first seen' : 'changed',
      ...(known === null ? {} : { before: digestOfBytes(known.text) }),
      after: digestOfBytes(seen.text),
      payload: seen.text,
      links: [`commit:${seen.commit}`],
    });
  });
}
