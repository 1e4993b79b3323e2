import type { AuditStore } from './audit-store.ts';
import type { Clock } from './ports/clock.ts';
import type { LogSigner } from './ports/audit-log.ts';
import type { Signer } from './ports/key-service.ts';
import type { Log } from './ports/log.ts';

export interface SealPorts {
  readonly store: AuditStore;
  readonly signer: LogSigner;
  readonly clock: Clock;
  /** Raw public keys that signed earlier checkpoints, after the log key was rotated. */
  readonly previousKeys?: readonly Uint8Array[];
  /** Signs envelopes, and certifies the log key; the log key itself when left out. */
  readonly signing?: Signer;
  /** Keys before these that can still sign a statement about their successor. */
  readonly previousSigners?: readonly Signer[];
  /** Is told when a statement about a key can not be signed now. */
  readonly log?: Log;
}
