import type { Alias, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { yamlLibrary } from './yaml-library.ts';

/** The library's own questions about a node of its tree, which can not be asked before it is loaded. */
export function isMap(node: unknown): node is YAMLMap {
  return yamlLibrary().isMap(node);
}

export function isSeq(node: unknown): node is YAMLSeq {
  return yamlLibrary().isSeq(node);
}

export function isScalar(node: unknown): node is Scalar {
  return yamlLibrary().isScalar(node);
}

export function isAlias(node: unknown): node is Alias {
  return yamlLibrary().isAlias(node);
}
