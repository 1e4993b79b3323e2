import type { BaselineValues } from './behavior-metric.ts';
import { reproducibilityOf } from './reproducibility.ts';
import type { Reproducibility } from './reproducibility.ts';
import type { BehaviorFile } from './source-reading.ts';
import { quoted } from '../finding.ts';
import { isJsonObject } from '../json-value.ts';
import type { JsonValue } from '../json-value.ts';

export type BaselineReading =
  /** `generator`: what made the values, as their file states it; null: it does not. */
  | { readonly kind: 'values'; readonly values: readonly JsonValue[]; readonly generator: Reproducibility | null }
  | { readonly kind: 'none'; readonly found: string };

/** The values of a baseline: those of the behaviour, or of its file, which is a list or an object with `values` and `reproducibility`. */
export function readBaseline(baseline: BaselineValues, files: ReadonlyMap<string, BehaviorFile>): BaselineReading {
  if (baseline.kind === 'values') return listed(baseline.values, null, 'the baseline');
  const file = files.get(baseline.path);
  const name = `the baseline ${quoted(baseline.path)}`;
  if (file === undefined) return { kind: 'none', found: `${name}, which was not read` };
  if (file.kind === 'unreadable') return { kind: 'none', found: `${name}, which can not be read: ${file.why}` };
  const { value } = file;
  return isJsonObject(value) ? listed(value['values'], reproducibilityOf(value['reproducibility']), name) : listed(value, null, name);
}

function listed(values: JsonValue | undefined, generator: Reproducibility | null, name: string): BaselineReading {
  if (!Array.isArray(values)) return { kind: 'none', found: `${name}, which has no list of values` };
  return values.length === 0 ? { kind: 'none', found: `${name}, which is empty` } : { kind: 'values', values, generator };
}
