import type { Digest } from './digest.ts';

/** How far a bundle is that somebody asked for. */
export type BundleProgress =
  | { readonly state: 'waiting' }
  /** `entries`: so many were read. */
  | { readonly state: 'assembling'; readonly entries: number }
  | { readonly state: 'ready'; readonly bundle: Digest }
  /** It will not be made: `code` is for programs. */
  | { readonly state: 'failed'; readonly code: string; readonly why: string };

/** A bundle that somebody asked for. */
export interface BundleRequest {
  /** UUID. */
  readonly id: string;
  readonly account: number;
  /** Who asked. */
  readonly subject: string;
  /** By which the one who asked knows it again; null: they gave none. */
  readonly key: string | null;
  /** RFC 8785 form of what is asked. */
  readonly question: string;
  readonly askedAt: Date;
  readonly progress: BundleProgress;
}

/** A bundle's file as it is kept, under its id. */
export interface KeptBundle {
  readonly account: number;
  readonly id: Digest;
  readonly file: Uint8Array;
  readonly entries: number;
  readonly madeAt: Date;
}

/** What is told of a kept bundle. */
export interface MadeBundle extends Omit<KeptBundle, 'file'> {
  /** Of its file. */
  readonly bytes: number;
}

/** How long a bundle that was made is kept: it holds what may be erased by then. */
export const bundleKeptMs = 30 * 86_400_000;
