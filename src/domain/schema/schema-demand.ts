import type { Preset, SchemaMode } from '../compatibility/comparison.ts';
import type { SchemaSet } from '../configuration/configuration.ts';

/** What a schema set demands of the schemas that it covers. */
export interface SchemaDemand {
  /** Null: any change is compatible enough. */
  readonly mode: SchemaMode | null;
  /** Compared with every version that there was, not only with the one before. */
  readonly isTransitive: boolean;
  readonly preset: Preset;
  readonly layout: SchemaSet['layout'];
}

export function demandOf({ compatibility, preset, layout }: SchemaSet): SchemaDemand {
  return { mode: modeOf(compatibility.replace(/_transitive$/, '')), isTransitive: compatibility.endsWith('_transitive'), preset, layout };
}

/** Validation has refused any other word; one that came through nevertheless demands the most. */
function modeOf(text: string): SchemaMode | null {
  if (text === 'none') return null;
  return text === 'backward' || text === 'forward' ? text : 'full';
}

/** As the configuration writes it. */
export function compatibilityOf({ mode, isTransitive }: SchemaDemand): string {
  return `${mode ?? 'none'}${isTransitive ? '_transitive' : ''}`;
}

/** Whether `other` demands all that this one does, so that a schema loses nothing by moving there. */
export function isCoveredBy(demand: SchemaDemand, other: SchemaDemand): boolean {
  const hasMode = demand.mode === null || other.mode === 'full' || other.mode === demand.mode;
  const hasPreset = demand.mode === null || demand.preset === 'lenient' || other.preset === 'semantic';
  return demand.layout === other.layout && hasMode && hasPreset && (!demand.isTransitive || other.isTransitive);
}
