import { readLooseYaml } from '../document/read-loose-yaml.ts';
import { isJsonObject } from '../json-value.ts';
import type { JsonObject } from '../json-value.ts';
import { UnreadDependencies } from './dependency.ts';

/** The keys of a YAML file; none where it is something else than a mapping. @throws UnreadDependencies */
export function yamlObject(text: string): JsonObject {
  const reading = readLooseYaml(new TextEncoder().encode(text));
  if (reading.kind === 'problem') throw new UnreadDependencies(`it has ${reading.problem.found}`);
  const { value } = reading.document;
  return isJsonObject(value) ? value : {};
}
