import { createRequire } from 'node:module';
import type * as Yaml from 'yaml';

/** The library that knows all of YAML. Loaded with the first text that our own reader leaves to it: most commands meet none. */
export function yamlLibrary(): typeof Yaml {
  loaded ??= load();
  return loaded;
}

let loaded: typeof Yaml | undefined;

function load(): typeof Yaml {
  const library: typeof Yaml = createRequire(import.meta.url)('yaml');
  return library;
}
