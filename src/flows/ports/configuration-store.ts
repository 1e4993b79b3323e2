import type { SeenConfiguration } from '../../domain/configuration/seen-configuration.ts';

/** What a store remembers of configurations, within its transactions. */
export interface ConfigurationStore {
  /** Remembers that a configuration was seen; its later absence is treated as unreadable until detached. False: this very one was remembered already, perhaps by a transaction that ran meanwhile. */
  sawConfiguration(seen: SeenConfiguration): Promise<boolean>;
  seenConfiguration(accountId: number, repositoryId: number | null): Promise<SeenConfiguration | null>;
  detachConfiguration(accountId: number, repositoryId: number | null): Promise<boolean>;
}
