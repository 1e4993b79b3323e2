import { fileAnchorName } from '../anchors/file-anchor.ts';
import { witnessAnchorName } from '../anchors/http-witness.ts';
import type { Config } from '../config.ts';
import { branchAnchorName } from '../flows/branch-anchor.ts';

/** What the anchors of the settings are called, for whoever publishes nothing there. */
export function anchorNames({ anchorDirectory, anchorRepository, witnesses }: Pick<Config, 'anchorDirectory' | 'anchorRepository' | 'witnesses'>): readonly string[] {
  return [...(anchorDirectory === null ? [] : [fileAnchorName]), ...witnesses.map(({ key }) => witnessAnchorName(key)), ...(anchorRepository === null ? [] : [branchAnchorName])];
}
