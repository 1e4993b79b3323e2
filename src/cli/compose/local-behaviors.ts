import { readFileSync } from 'node:fs';
import { behaviorHostsSetting, behaviorSecretsSetting } from '../../config/behavior-settings.ts';
import type { Setting } from '../../config/settings.ts';
import { Failure } from '../../domain/failure.ts';
import type { BehaviorReader } from '../../flows/ports/prober.ts';
import { webAdapters } from '../../probes/behavior-sources/adapters/web-sources.ts';
import { createBehaviorReader } from '../../probes/behavior-sources/behavior-reader.ts';
import type { SourceAdapters } from '../../probes/behavior-sources/behavior-reader.ts';
import { createSourceReader } from '../../probes/behavior-sources/source-reader.ts';
import type { SchemaValidator } from '../../probes/schema-validation/schema-validator.ts';
import type { Terminal } from '../terminal.ts';

export interface LocalSources {
  /** `owner/name`. */
  readonly repository: string;
  readonly validator: SchemaValidator;
  readonly allowsLoopback: boolean;
  /** Of the sources that compare by themselves. */
  readonly comparisons: SourceAdapters;
}

/**
 * Asks the sources of behaviours from this machine, with the hosts and secrets that the environment grants as it would the server.
 * @throws Failure CONFIG_INVALID with everything that is wrong there.
 */
export function localBehaviors({ environment, now }: Pick<Terminal, 'environment' | 'now'>, { repository, validator, allowsLoopback, comparisons }: LocalSources): BehaviorReader {
  const [hosts, grants] = [behaviorHostsSetting(environment), behaviorSecretsSetting(environment, (path) => readFileSync(path, 'utf8'))];
  const wrong = [hosts, grants].flatMap((setting: Setting<unknown>) => (setting.kind === 'bad' ? [setting.why] : []));
  if (hosts.kind === 'bad' || grants.kind === 'bad') throw new Failure('CONFIG_INVALID', `Cannot ask sources of behaviours:\n${wrong.map((line) => `  ${line}`).join('\n')}`);
  const reader = createSourceReader({ rules: { hosts: hosts.value, allowsLoopback } });
  return createBehaviorReader({ ...webAdapters({ repository: { name: repository, id: null }, reader, grants: grants.value, validator, clock: { now: () => now() } }), ...comparisons });
}
