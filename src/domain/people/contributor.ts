export type PersonKind = 'human' | 'agent' | 'app';

/** Somebody whose hand is in a change. */
export interface Contributor {
  /** As GitHub writes it; an App's ends in `[bot]`. */
  readonly login: string;
  /** Stays when the login changes; null where only the login is known. */
  readonly id: number | null;
  readonly kind: PersonKind;
  /** How the hand got in: opened it, pushed to it, wrote or committed a commit of it, asked our App for one. */
  readonly via: readonly ('author' | 'pusher' | 'commit' | 'asked')[];
}

/** Everybody whose hand is known to be in a change. */
export interface Contributors {
  readonly people: readonly Contributor[];
  /** Why there may be others, who match nothing: a head that was not seen to arrive. Null when there are none. */
  readonly unknown: string | null;
}

/** One login, however it is written. */
export function foldedLogin(login: string): string {
  return login.toLowerCase();
}
