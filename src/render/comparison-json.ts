import type { Comparison, Preset, SchemaMode } from '../domain/compatibility/comparison.ts';
import type { Document } from '../domain/document/document.ts';
import { inertJson } from './escape.ts';

/** A comparison of two files, and where their parts stand. */
export interface ShownComparison {
  readonly comparison: Comparison;
  readonly newer: Document;
  readonly older: Document;
  readonly path: string;
  readonly olderPath: string;
  readonly mode: SchemaMode;
  readonly preset: Preset;
}

/** For programs: the answer, each difference at its line of the newer file, and the witness where there is one. */
export function comparisonJson({ comparison, newer, mode, preset }: ShownComparison): string {
  const { answer, differences, doubts, witness, accepted } = comparison;
  const placed = <Part extends { readonly pointer: string }>(part: Part): Part & { readonly line: number; readonly column: number } => ({ ...part, ...newer.positionOf(part.pointer) });
  const shown = { answer, mode, preset, differences: differences.map(placed), doubts: doubts.map(placed), accepted };
  return `${inertJson(witness === null ? shown : { ...shown, witness })}\n`;
}
