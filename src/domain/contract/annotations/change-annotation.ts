import type { JsonObject } from '../../json-value.ts';
import { isChangeClass } from '../change-class.ts';
import type { ChangeClass } from '../change-class.ts';

const keyword = 'x-plumbline-change';

/** What a schema says about changes of what it covers; null when it says nothing. A word that is no class counts as the strictest. */
export function changeAnnotation(schema: JsonObject): ChangeClass | null {
  if (!Object.hasOwn(schema, keyword)) return null;
  const word = schema[keyword];
  return isChangeClass(word) ? word : 'breaking';
}
