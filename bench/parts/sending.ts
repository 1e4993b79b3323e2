import type { SignedBody } from './delivery-bodies.ts';

/** What the sending thread is told. */
export interface Sending {
  readonly url: string;
  readonly bodies: readonly SignedBody[];
  readonly perSecond: number;
  readonly seconds: number;
}

/** What became of one delivery. */
export interface Sent {
  readonly guid: string;
  /** 0: no answer came. */
  readonly status: number;
  /** From the moment at which it was due, not from when there was time to send it: a slow server must not slow its own measurement. */
  readonly ackMs: number;
}
