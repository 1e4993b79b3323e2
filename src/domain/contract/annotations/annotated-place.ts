import { isJsonObject } from '../../json-value.ts';
import type { JsonValue } from '../../json-value.ts';
import { strictestClass } from '../change-class.ts';
import type { ChangeClass } from '../change-class.ts';
import { changeAnnotation } from './change-annotation.ts';
import { isTuple, partsBelow } from './parts-below.ts';
import { partsHere } from './parts-here.ts';
import type { Values } from './parts-here.ts';
import { rootPart } from './schema-part.ts';
import type { SchemaPart } from './schema-part.ts';

/** One place of a content, with what the schemas say about changes of it. Nothing is looked up before it is asked for. */
export interface AnnotatedPlace {
  /** The nearest annotation at the place or above it; of several there the strictest; breaking where there is none. */
  readonly changed: ChangeClass;
  /** Whether elements have meanings by their place. */
  readonly isTuple: boolean;
  below(token: string | number, values: Values): AnnotatedPlace;
}

/** Schema parts that one comparison looks at, before everything counts as breaking: a schema may multiply with a content. */
const mostParts = 100_000;

export function annotatedRoot(schemas: readonly JsonValue[], values: Values): AnnotatedPlace {
  return placeOf({ given: schemas.flatMap((schema) => rootPart(schema)), values, above: 'breaking', budget: { left: mostParts } });
}

interface Placed {
  readonly given: readonly SchemaPart[];
  readonly values: Values;
  readonly above: ChangeClass;
  readonly budget: { left: number };
}

function placeOf({ given, values, above, budget }: Placed): AnnotatedPlace {
  if (budget.left < 0) return exhausted;
  const { parts, isBlind } = partsHere(given, values);
  // Every part is looked at again for each member below.
  budget.left -= parts.length;
  const changed = isBlind ? 'breaking' : classAt(parts, above);
  return {
    changed,
    isTuple: parts.some((part) => isTuple(part)),
    below: (token, inner) => {
      budget.left -= parts.length;
      return budget.left < 0 ? exhausted : placeOf({ given: parts.flatMap((part) => partsBelow(part, token)), values: inner, above: changed, budget });
    },
  };
}

const exhausted: AnnotatedPlace = { changed: 'breaking', isTuple: true, below: () => exhausted };

/** What surely applies replaces what was said above; what only may apply is counted where it is stricter. */
function classAt(parts: readonly SchemaPart[], above: ChangeClass): ChangeClass {
  const said = (isSure: boolean): readonly ChangeClass[] =>
    parts.flatMap((part) => {
      const annotation = part.isSure === isSure ? changeAnnotation(part.schema) : null;
      return annotation === null ? [] : [annotation];
    });
  const sure = strictestClass(said(true)) ?? above;
  return strictestClass([sure, ...said(false)]) ?? above;
}

/** The strictest class of a place and of everything that the values have below it: who takes a whole takes its parts. */
export function classWithin(place: AnnotatedPlace, values: Values): ChangeClass {
  let strictest = place.changed;
  for (const [token, inner] of membersBelow(values)) {
    if (strictest === 'breaking') break;
    strictest = strictestClass([strictest, classWithin(place.below(token, inner), inner)]) ?? strictest;
  }
  return strictest;
}

function membersBelow(values: Values): readonly Member[] {
  return values.flatMap((value): readonly Member[] => {
    if (Array.isArray(value)) return value.map((element: JsonValue, index) => [index, [element]]);
    return isJsonObject(value) ? Object.entries(value).map(([name, inner]) => [name, [inner]]) : [];
  });
}

type Member = readonly [token: string | number, values: Values];
