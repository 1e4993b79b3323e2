import { Failure } from '../../domain/failure.ts';
import { fullNameOf } from '../../domain/repository.ts';
import type { RepositoryRef } from '../../domain/repository.ts';
import type { Sha } from '../../domain/tree.ts';
import { captureConfiguration } from '../capture-configuration.ts';
import type { CapturedConfiguration } from '../capture-configuration.ts';
import type { FlowPorts } from '../flow-ports.ts';

/**
 * The configuration by which a default branch is scanned and remediated, at one of its commits. @throws Failure SNAPSHOT_UNREADABLE where it can not be
 * used, as where the organisation's part of it can not be read: what the rest alone says is another configuration, which may be laxer and name fewer behaviours.
 */
export async function captureScanned(ports: FlowPorts, repository: RepositoryRef, { branch, commit }: { readonly branch: string; readonly commit: Sha }): Promise<CapturedConfiguration> {
  const captured = await captureConfiguration(ports, { repository, github: ports.github.repository(repository), commit, branch, defaultBranch: branch });
  if (captured.state.kind !== 'unusable') return captured;
  const [finding] = captured.state.findings;
  throw new Failure('SNAPSHOT_UNREADABLE', `Cannot tell the behaviours of ${fullNameOf(repository)}: its configuration at ${commit} can not be used${finding === undefined ? '' : ` (${finding.code})`}. What is known of them stays, and nothing was written.`);
}
