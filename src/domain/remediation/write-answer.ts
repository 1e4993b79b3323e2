import type { Refusal } from '../refusal.ts';

/** `moved`: what was compared is another by now, or something is there already; nothing was written, and what stands is read again. */
export type NotWritten = { readonly kind: 'moved' } | { readonly kind: 'refused'; readonly refusal: Refusal; readonly why: string };

export type WriteAnswer = { readonly kind: 'written' } | NotWritten;

export type OpenAnswer = { readonly kind: 'opened'; readonly number: number; readonly url: string } | NotWritten;
